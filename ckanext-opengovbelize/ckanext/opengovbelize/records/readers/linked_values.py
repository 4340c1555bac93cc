"""Values of JSON-LD and microdata: one or several, plain or in several languages, things or their names."""

from __future__ import annotations

import re
from typing import Any

# How properties are called where a page gives the vocabulary a prefix, or spells its address out.
_PREFIX = re.compile(r"(?:schema:|https?://schema\.org/)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_NAMES = ("@value", "name", "audienceType", "@id")


def plainly_named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object with its properties' names without a prefix, as ``json.loads`` asks for its objects."""
    return {_PREFIX.sub("", name, count=1): value for name, value in pairs}


def listed(value: Any) -> list[Any]:
    """Return a value as a list, be it one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: Any) -> str:
    """Return the first text of a value: a plain one, one in a language, the name of a thing."""
    return next((said for _language, said in _texts(value)), "")


def texts(value: Any, language: str = "") -> list[str]:
    """Return all texts of a value, each once; of those that name their language only those in one.

    Args:
        value: what a property holds.
        language: the one that is wanted, as a code; else, or where there are none in it, English, else the first.
    """
    said = list(dict.fromkeys(_texts(value)))
    named = list(dict.fromkeys(code for code, _text in said if code))
    wanted = next((code for code in (language, "en") if code in named), next(iter(named), ""))
    return list(dict.fromkeys(text for code, text in said if code in ("", wanted)))


def every_text(value: Any) -> list[str]:
    """Return all texts of a value, whatever their language."""
    return list(dict.fromkeys(said for _language, said in _texts(value)))


def _texts(value: Any) -> list[tuple[str, str]]:
    """Return each text of a value with the code of its language, or without."""
    found: list[tuple[str, str]] = []
    for one in listed(value):
        language = ""
        if isinstance(one, dict):
            language = str(one.get("@language") or "").partition("-")[0].lower()
            if (
                one
                and not language
                and all(_LANGUAGE.fullmatch(name) for name in one)
                and _is_of_languages(one)
            ):
                found += [
                    (name.partition("-")[0].lower(), said) for name, said in one.items() if said.strip()
                ]
                continue
            one = next((one[name] for name in _NAMES if isinstance(one.get(name), str)), "")
        if isinstance(one, str | int | float) and not isinstance(one, bool) and str(one).strip():
            found.append((language, str(one).strip()))
    return found


def _is_of_languages(value: dict[str, Any]) -> bool:
    """Tell texts by the codes of their languages, ``{"en": ..., "es": ...}``, from a thing."""
    return "name" not in value and all(isinstance(said, str) for said in value.values())
