"""What CKAN's own validators say of a field, in other languages.

A run keeps their words in English. CKAN has them translated, among those of its pages: taken are the messages of the
modules of validators only, so that no title that is a word of a page is taken for one.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo

_MODULES = ("logic/validators.py", "lib/navl/validators.py")
_VALUE = re.compile(r"%(?:\((\w+)\))?[a-z]|\{(\w*)\}")


def translations(language: str) -> dict[str, str]:
    """Return the messages with their translations, where values stand as in ours, with a full stop and without."""
    spec = find_spec("ckan")
    folder = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
    path = folder / "i18n" / language / "LC_MESSAGES" / "ckan.mo"
    if not path.is_file():
        return {}
    messages = {
        message
        for module in _MODULES
        for _line, message, _comments, _context in extract_from_file("python", folder / module)
    }
    with path.open("rb") as file:
        found = [each for each in read_mo(file) if each.string and str(each.id) in messages]
    plain = {_with_names(str(each.id)): _with_names(str(each.string)) for each in found}
    return plain | {f"{said}.": f"{plain[said]}." for said in plain if not said.endswith(".")}


def _with_names(text: str) -> str:
    """Give every value a name; those without one are counted."""
    number = count(1)
    return _VALUE.sub(lambda each: f"{{{each[1] or each[2] or f'value{next(number)}'}}}", text)
