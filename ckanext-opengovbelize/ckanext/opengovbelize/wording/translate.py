"""Puts the message of a problem into the language of a page or letter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.mofile import read_mo

from . import CONTEXT, PLACEHOLDER, validators

_TRANSLATIONS = Path(__file__).parents[1] / "i18n"


def translated(message: str, language: str) -> str:
    """Return the message in a language such as ``es``; a message without translation stays as it is.

    Values that were put into a message are found by its template, and put into the template's translation. A value
    may be a sentence, such as what CKAN says of a field, and is translated as well.
    """
    texts, templates = _translations(language.partition("_")[0])
    if message in texts:
        return texts[message]
    for template, translation in templates:
        if values := template.fullmatch(message):
            said = {name: translated(value, language) for name, value in values.groupdict().items()}
            # Each value goes in as it is: braces in it are no placeholders.
            return PLACEHOLDER.sub(lambda each, said=said: said[each[1]], translation)
    return message


@cache
def _translations(language: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the translations by message, and those of messages with values, the most exact template first."""
    path = _TRANSLATIONS / language / "LC_MESSAGES" / "ckanext-opengovbelize.mo"
    if not path.is_file():
        return {}, []
    with path.open("rb") as file:
        found = [each for each in read_mo(file) if isinstance(each.id, str)]
    # Babel leaves the context in bytes here.
    ours = [each for each in found if each.context in (CONTEXT, CONTEXT.encode())]
    # Some that are translated where they arise are kept by a run, in the language of the portal.
    others = [each for each in found if str(each.id).endswith((".", "?"))]
    texts = validators.translations(language)
    texts |= {str(each.id): str(each.string) for each in (*others, *ours)}
    templates = sorted(
        filter(PLACEHOLDER.search, texts), key=lambda text: len(PLACEHOLDER.sub("", text)), reverse=True
    )
    return texts, [(_pattern(text), texts[text]) for text in templates]


def _pattern(template: str) -> re.Pattern[str]:
    pattern, named = "", set[str]()
    for number, part in enumerate(PLACEHOLDER.split(template)):
        if number % 2 == 0:
            pattern += re.escape(part)
        else:
            pattern += f"(?P={part})" if part in named else f"(?P<{part}>.*?)"
            named.add(part)
    return re.compile(pattern, re.DOTALL)
