"""Loads the installed wheel in CKAN and looks whether all of it is there.

Run by the Python of an environment that has the wheel, beside the test servers, with the clone as argument.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Check files, schemas, pages, assets and translations."""
    clone = Path(sys.argv[1])
    source = clone / "ckanext-opengovbelize" / "ckanext" / "opengovbelize"
    import ckanext.opengovbelize as package

    installed = Path(package.__file__).parent
    assert clone not in installed.parents, f"loaded from the clone: {installed}"
    check_files(source, installed)

    from ckan.cli import load_config
    from ckan.cli.db import upgrade
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(os.environ["CKAN_INI"]))._wsgi_app  # type: ignore[attr-defined]
    with app.test_request_context():
        upgrade.main([], standalone_mode=False)
    check_pages(app)
    check_translation(app, installed)
    print("The wheel is whole, and CKAN loads it.")


def check_files(source: Path, installed: Path) -> None:
    """Expect every file of the package in the wheel."""
    names = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    wanted = [name for name in names if "__pycache__" not in name.parts]
    missing = [str(name) for name in wanted if not (installed / name).exists()]
    assert not missing, f"not in the wheel: {', '.join(sorted(missing))}"
    kinds = {name.suffix for name in wanted}
    assert {".yaml", ".html", ".css", ".mo"} <= kinds, f"the package has only {sorted(kinds)}"
    print(f"{len(wanted)} files")


def check_pages(app: Any) -> None:
    """Expect pages with our templates and assets, and the schemas in the API."""
    client = app.test_client()
    for address in ("/", "/es/", "/webinar/", "/webinar_series/", "/dataset/"):
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    home = client.get("/").get_data(as_text=True)
    css = [part.split('"')[0] for part in home.split('href="') if "opengovbelize" in part.split('"')[0]]
    assert css, "no style sheet of ours on the home page"
    assert client.get(css[0]).status_code == 200, f"{css[0]} cannot be fetched"
    for kind in ("webinar", "webinar_series", "dataset"):
        answer = client.get(f"/api/3/action/scheming_dataset_schema_show?type={kind}").get_json()
        assert answer["success"], f"no schema for {kind}"


def check_translation(app: Any, installed: Path) -> None:
    """Expect CKAN to use our Spanish catalogue."""
    import ckan.plugins.toolkit as tk
    from flask_babel import force_locale

    (catalogue,) = installed.glob("i18n/es/LC_MESSAGES/*.mo")
    with catalogue.open("rb") as file:
        messages: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    pairs = [
        (text, meant) for text, meant in messages.items() if isinstance(text, str) and text and text != meant
    ]
    assert pairs, f"{catalogue.name} is empty"
    with app.test_request_context(), force_locale("es"):
        used = [text for text, meant in pairs if tk._(text) == meant]
    assert len(used) > len(pairs) * 0.9, f"only {len(used)} of {len(pairs)} translations are used"
    print(f"{len(pairs)} translations")


if __name__ == "__main__":
    main()
