"""What addresses, accounts, names of files and titles of links say: "ana-sample-notes.pdf" is "Ana Sample Notes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_plus

from ..folding import fold, tokens, words
from .dictionary import LANGUAGES, is_ordinary, is_proper
from .name_words import (
    are_everyday_name,
    bearable,
    body_words,
    everyday_family_words,
    given_words,
    has_capital,
    is_nothing_but_name,
    is_surely_given,
    known_phrases,
    thing_words,
)
from .person_signs import SMALL_WORDS
from .vocabulary import word_set

_BETWEEN = re.compile(r"[/?&=#;]")
_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|txt|md|xlsx?|ods|csv|tsv|json(?:ld)?|xml|ya?ml|pptx?|odp|html?|php|aspx?|jpe?g|png|gif|svg|webp"
    r"|mp[34]|m4[av]|wav|ogg|mov|avi|webm|vtt|srt|zip|gz|ics|rss|atom|epub)$",
    re.IGNORECASE,
)
# "AnaSampleNotes" are three words.
_WORD = re.compile(r"[^\W\d_]+?(?=[^\W\d_a-zà-ÿ])(?<=[a-zà-ÿ])|[^\W\d_]+")
# Letters chosen by a machine: "dQw4w9WgXcQ".
_KEY = re.compile(r"\d[^\W\d_]")
# Whose page it is stands behind such a word; channels of videos are those of programs.
_ACCOUNT = re.compile(
    r"(?:/(?:u|users?|authors?|profiles?|people|persons?|personas?|team|equipo|staff|attendees?|participants?|asistentes?"
    r"|participantes?|guests?|invitad[oa]s?|cvs?|bios?)/|[?&](?:name|author|user|username|who|nombre|autor|autora|usuario)=)"
    r"(?P<name>[^/?#&]+)",
    re.IGNORECASE,
)
_IS_SECTION = re.compile(r"/(?:team|equipo|staff)/", re.IGNORECASE)
_MAY_BE_RUN_TOGETHER = re.compile(r"[^\W\d_]\d")
_RUN_TOGETHER = re.compile(r"(?<![\w@./-])(?P<word>[^\W\d_]{6,})\d{1,4}(?![\w-])")
_SHORTEST_PART, _LONGEST_ACRONYM, _LONGEST_ACCOUNT = 3, 4, 30
# What stands between the signs that part the title of a link.
_PIECE = re.compile(r"(?:(?!\s[-–—]|[-–—]\s)[^:;|()\[\]/,\n])+")
# "Basil Ferry on budgets", "Ferry, Basil"
_CAPITAL = r"[^\W\d_a-z]\w+"
_TWO_CAPITALS = re.compile(
    rf"(?<!\w){_CAPITAL}(?:(?P<turned>, )| ){_CAPITAL}"
    r"(?(turned)(?=\s*(?:$|[;|()\[\]–—-]))|(?= (?:on|about|sobre|explains|speaks) ))"
)
_CHANNELS = re.compile(r"^https?://(?:[\w-]+\.)*youtube\.com/", re.IGNORECASE)


def said_in(name: str) -> str:
    """Return the words of a file's name, written like a title."""
    said = _WORD.findall(_SUFFIX.sub("", name))
    return " ".join(word.lower() if word.lower() in SMALL_WORDS else word.title() for word in said)


def said_in_address(url: str) -> Iterator[str]:
    """Yield what each part of a web address says, but for its host, where it says more than one word."""
    path = unquote_plus(url).partition("://")[2].partition("/")[2]
    parts = (part for part in _BETWEEN.split(path) if not _KEY.search(part))
    return (said for part in parts if " " in (said := said_in(part)))


def accounts_in(url: str) -> Iterator[tuple[str, ...]]:
    """Yield whose page an address is, in words: "/users/asample", but not "/users/guide" or "/profile/belize"."""
    if _CHANNELS.match(url):
        return
    for found in _ACCOUNT.finditer(unquote_plus(url)):
        said = tuple(words(re.sub(r"[\W_]+", " ", _SUFFIX.sub("", found["name"]))))
        # "undp-belize" is a body, "victoria-toledo" need not be a place.
        expected = body_words() if body_words().isdisjoint(said) else body_words() | word_set("places")
        ordinary = [word for word in said if word not in expected]
        if _IS_SECTION.match(found.group()) and len(said) == 1 and _is_short_for_body(said[0]):
            continue
        if len(said) == 1 and (run := _RUN_TOGETHER.fullmatch(said[0])) and _is_of_things(run["word"]):
            continue
        # "orla-kingfisher": no language has both words.
        plain = any(all(is_ordinary(word, (one,)) for word in ordinary) for one in LANGUAGES)
        plain = plain and not (are_everyday_name(said) or (len(said) == 1 and _is_seldom_a_section(said[0])))
        if not (plain or " ".join(said) in known_phrases()):
            yield said


def _is_seldom_a_section(word: str) -> bool:
    """Tell a name from what offices have pages for: "staff/ferry", but not "staff/north" or "team/harbour"."""
    if word in word_set("everyday") or word in word_set("capitals") or word in thing_words():
        return False
    given = word in given_words() and word not in word_set("place_given_words")
    return given or word in word_set("doubtful_family_names") - word_set("sections")


def is_everyday_name(said: str) -> bool:
    """Tell whether words are nothing but a name of everyday words and a kind of material: "Basil Ferry talk"."""
    parts = [word for word in words(said) if word not in word_set("kinds_of_material") and not word.isdigit()]
    return is_nothing_but_name(parts) or is_turned_name(parts)


def is_turned_name(said: Sequence[str]) -> bool:
    """Tell whether two words are such a name turned round: "ferry-basil"."""
    if len(said) != 2 or said[0] in given_words() or not word_set("place_given_words").isdisjoint(said):
        return False
    return said[1] not in word_set("everyday") and is_nothing_but_name((said[1], said[0]))


def run_together(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has an account that is made of a name and a number: "mayapond2020"."""
    for found in _RUN_TOGETHER.finditer(text) if _MAY_BE_RUN_TOGETHER.search(text) else ():
        if _is_run_together(fold(found["word"])):
            yield found.span()


def _is_run_together(word: str) -> bool:
    """Tell whether a word that no dictionary has is a given name and a family name run together."""
    if len(word) > _LONGEST_ACCOUNT or is_ordinary(word) or is_proper(word):
        return False
    return any(
        _is_whole_name(word[:cut], word[cut:])
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )


def _is_whole_name(first: str, last: str) -> bool:
    if is_surely_given(first):
        return last in bearable() or last in everyday_family_words()
    return is_nothing_but_name((first, last))


def _is_of_things(word: str) -> bool:
    """Tell whether an account is made of ordinary words and a number, and no name: "opendata2020"."""
    parts = [(word[:cut], word[cut:]) for cut in range(_SHORTEST_PART + 1, len(word) - _SHORTEST_PART)]
    plain = is_ordinary(word) or any(is_ordinary(first) and is_ordinary(last) for first, last in parts)
    named = _is_run_together(word) or word in bearable() or word in given_words()
    return (
        plain
        and not named
        and not any(part in bearable() for pair in parts for part in pair if is_ordinary(part))
    )


def _is_short_for_body(word: str) -> bool:
    """Tell the short form of a body from who belongs to it: "equipo/cidh", but not "equipo/ana" or "team/jreed"."""
    names = bearable() | given_words() | everyday_family_words()
    return len(word) <= _LONGEST_ACRONYM and word.isalpha() and word not in names and word[1:] not in names


def everyday_names(title: str) -> list[tuple[int, int]]:
    """Return where in the title of a link a part of it is nothing but such a name: "Slides - Basil Ferry (draft)".

    So is one before what somebody speaks about: "Basil Ferry on budgets".
    """
    found = [
        match.span()
        for match in _TWO_CAPITALS.finditer(title)
        if (is_turned_name if match["turned"] else is_nothing_but_name)(words(match.group()))
    ]
    for piece in _PIECE.finditer(title):
        named = [unit for unit in tokens(piece.group()) if _may_name(unit.folded)]
        if is_nothing_but_name([unit.folded for unit in named]) and all(map(has_capital, named)):
            found.append((piece.start() + named[0].start, piece.start() + named[-1].end))
    return found


def _may_name(word: str) -> bool:
    return word not in word_set("kinds_of_material") and not word.isdigit() and word != "s"
