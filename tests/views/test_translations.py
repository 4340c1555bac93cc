"""Everything that a reader sees is there in Spanish too.

To translate new texts, run ``bin/translate``, fill in what is empty, and run it again.
"""

from __future__ import annotations

import re
from pathlib import Path

import ckanext.opengovbelize
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from ckanext.harvest import utils as harvest

PACKAGE = Path(ckanext.opengovbelize.__file__).parent
SPANISH = PACKAGE / "i18n/es/LC_MESSAGES/ckanext-opengovbelize.po"
CONFIGURATION = Path(__file__).parents[2] / "babel.cfg"
# It comes without Spanish, so the texts of its pages are translated with ours.
HARVEST = Path(harvest.__file__).parent
HARVEST_EXTRACTORS = [("utils.py", "python"), ("templates/**.html", "ckan")]


def _first(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _spanish() -> Catalog:
    with SPANISH.open("rb") as file:
        return read_po(file)


def test_every_text_has_a_translation() -> None:
    with CONFIGURATION.open() as file:
        extractors, _options = parse_mapping_cfg(file)
    found = [*extract_from_dir(PACKAGE, extractors), *extract_from_dir(HARVEST, HARVEST_EXTRACTORS)]
    used = {(context, _first(text)) for _file, _line, text, _comments, context in found}

    translated = {(each.context, _first(each.id)) for each in _spanish() if each.id and each.string}

    assert used - translated == set()
    assert translated - used == set()


def test_placeholders_survive_translation() -> None:
    wrong = [
        message.id
        for message in _spanish()
        if isinstance(message.id, str)
        and set(_placeholders(message.id)) != set(_placeholders(str(message.string)))
    ]

    assert wrong == []


def test_one_and_several_differ_in_spanish() -> None:
    """Where English says "added" of both, Spanish says "añadido" of one and "añadidos" of five."""
    alike = {message.id[0] for message in _spanish() if message.pluralizable and len({*message.string}) == 1}

    assert alike == {"{number} unchanged", "{number} waiting"}


def test_no_page_writes_a_number_beside_the_word_for_one() -> None:
    templates = PACKAGE / "templates"
    pattern = re.compile(r"_\('\{number\} [a-z]+'\)|\}\}(?:</strong>)? \{\{ h\.opengovbelize_outcome_label")
    found = [path.name for path in templates.rglob("*.html") if pattern.search(path.read_text())]

    assert found == []


def test_what_is_shipped_is_what_was_translated() -> None:
    with SPANISH.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert _texts(compiled) == _texts(_spanish())


def _texts(catalog: Catalog) -> dict[tuple[str, str], list[str]]:
    return {
        (_context(m), _first(m.id)): [m.string] if isinstance(m.string, str) else list(m.string)
        for m in catalog
        if m.id
    }


def _context(message: Message) -> str:
    # Babel leaves that of a compiled text in bytes.
    return message.context.decode() if isinstance(message.context, bytes) else message.context or ""


def _placeholders(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
