"""Puts the message of a problem into the language of a page or letter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.mofile import read_mo

from . import CONTEXT, PLACEHOLDER

_TRANSLATIONS = Path(__file__).parents[1] / "i18n"


def translated(message: str, language: str) -> str:
    """Return the message in a language such as ``es``; a message without translation stays as it is.

    Values that were put into a message are found by its template, and put into the template's translation.
    """
    texts, templates = _translations(language.partition("_")[0])
    if message in texts:
        return texts[message]
    for template, translation in templates:
        if values := template.fullmatch(message):
            # Each value goes in as it is: braces in it are no placeholders.
            return PLACEHOLDER.sub(lambda each, values=values: values[each[1]], translation)
    return message


@cache
def _translations(language: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the translations by message, and those of messages with values, the most exact template first."""
    path = _TRANSLATIONS / language / "LC_MESSAGES" / "ckanext-opengovbelize.mo"
    if not path.is_file():
        return {}, []
    with path.open("rb") as file:
        # Babel leaves the context in bytes here.
        ours = [each for each in read_mo(file) if each.context in (CONTEXT, CONTEXT.encode())]
    texts = {str(each.id): str(each.string) for each in ours}
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
