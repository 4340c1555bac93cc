"""What no rule can decide, for the one who knows the group: listed in one answer, never applied, never kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import signs
from .names import reduced
from .people import Correction, People, Person

SHARED, DEVICE, SHORTENED, MISSPELT, TWO_ADDRESSES, ILLEGIBLE = (
    "shared-computer",
    "device-instead-of-name",
    "name-shortened",
    "name-misspelt",
    "two-addresses",
    "name-illegible",
)
MESSAGES = {
    SHARED: "Several people may have sat at this computer.",
    DEVICE: "A device or a telephone number stands where a name should; it may be somebody who is listed already.",
    SHORTENED: "One of these names may be the other, shortened.",
    MISSPELT: "These names differ by a letter or two; they may be one person.",
    TWO_ADDRESSES: "One name has two addresses: one person, or two of the same name.",
    ILLEGIBLE: "Nobody can read this line; it counts as one person.",
}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[+\d][\d\s().*x-]{4,}")
# A word or beginning that more share tells nothing.
_MOST_NEAR = 40
# Comparing everybody with everybody is for groups that somebody can know.
_MOST_COMPARED = 3_000


@dataclass(frozen=True, repr=False)
class Doubt:
    """One thing to decide.

    Attributes:
        code: stable.
        message: what it is.
        rows: file and row of the people that it is about, one of each person.
        names: as written, for the coordinator alone.
    """

    code: str
    message: str
    rows: tuple[Mapping[str, object], ...]
    names: tuple[str, ...]


def of_people(people: People, corrections: Iterable[Correction] = ()) -> list[Doubt]:
    """Return what is doubtful about who is one person; of a row that was counted by hand nothing more is asked."""
    counted = {row for one in corrections if one.kind == "people" for row in one.rows}
    attended = [
        person for person in people.people if any(presence.joined for presence in person.presence.values())
    ]
    named = [person for person in attended if person.names]
    found = [
        doubt
        for person in attended
        if counted.isdisjoint((file, number) for _session, file, number in person.rows)
        and (doubt := _alone(person))
    ]
    ordinary = [person for person in named if not _is_device(person.names[0])]
    found += _two_addresses(ordinary)
    if len(ordinary) <= _MOST_COMPARED:
        found += _alike(ordinary)
    return found


def _alone(person: Person) -> Doubt | None:
    if not person.rows:
        return None
    name = person.names[0] if person.names else ""
    if not reduced(name) or not any(letter.isalnum() for letter in reduced(name)):
        return _doubt(ILLEGIBLE, person)
    if _is_device(name):
        return _doubt(DEVICE, person)
    return _doubt(SHARED, person) if signs.is_shared(reduced(name)) else None


def _is_device(name: str) -> bool:
    return bool(_NUMBER.fullmatch(reduced(name))) or signs.is_device(reduced(name))


def _two_addresses(people: Iterable[Person]) -> Iterator[Doubt]:
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for name in {reduced(name) for name in person.names}:
            by_name[name].append(person)
    for same in by_name.values():
        if len(same) > 1:
            yield _doubt(TWO_ADDRESSES, *same)


def _alike(people: list[Person]) -> Iterator[Doubt]:
    """Yield pairs of people whose names may be one: they share a word, or begin alike."""
    words = [_WORD.findall(reduced(person.names[0])) for person in people]
    near: dict[str, list[int]] = defaultdict(list)
    for at, parts in enumerate(words):
        for word in set(parts):
            near[word].append(at)
            near[word[:4]].append(at)
    pairs = {
        (first, second): None
        for places in near.values()
        if len(places) <= _MOST_NEAR
        for first in places
        for second in places
        if first < second
    }
    for first, second in pairs:
        if code := _relation(words[first], words[second]):
            yield _doubt(code, people[first], people[second])


def _relation(first: list[str], second: list[str]) -> str:
    if first == second or not first or not second:
        return ""
    short, long = sorted((first, second), key=lambda words: (sum(map(len, words)), words))
    if _shortens(short, long):
        return SHORTENED
    joined_first, joined_second = " ".join(sorted(first)), " ".join(sorted(second))
    return (
        MISSPELT
        if min(len(joined_first), len(joined_second)) > 5 and _near(joined_first, joined_second)
        else ""
    )


def _shortens(short: list[str], long: list[str]) -> bool:
    """Tell whether every word of a name is a word of another one, or its initial, and one word is whole."""
    left = list(long)
    whole = 0
    for word in short:
        match = next((other for other in left if other == word), None)
        if match is None:
            match = next(
                (other for other in left if len(word) == 1 and word.isalpha() and other.startswith(word)),
                None,
            )
        else:
            whole += 1
        if match is None:
            return False
        left.remove(match)
    return whole > 0 and (len(short) > 1 or bool(left))


def _near(first: str, second: str) -> bool:
    """Tell whether two texts differ by two letters at most. Numbers tell people apart."""
    if abs(len(first) - len(second)) > 2 or _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(second, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (letter != other)),
            )
        if min(row) > 2:
            return False
    return row[-1] <= 2


def _doubt(code: str, *people: Person) -> Doubt:
    rows = tuple(
        {"session": session, "file": file, "row": number}
        for person in people
        for session, file, number in person.rows[:1]
    )
    return Doubt(
        code, MESSAGES[code], rows, tuple(person.names[0] if person.names else "" for person in people)
    )
