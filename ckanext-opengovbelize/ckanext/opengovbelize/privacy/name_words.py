"""What single words tell by themselves: whether people bear them as names, or whether bodies, places or things do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ..folding import Token, fold, words
from ..records.vocabulary import load
from .dictionary import LANGUAGES, MOST_REMEMBERED, is_ordinary
from .vocabulary import phrases, word_set

# Places that are called after people, with their titles.
_NAMED_AFTER_PEOPLE = frozenset(
    words(
        "street road avenue highway bridge park drive lane square building centre center stadium airport wing "
        "award prize scholarship auditorium hall theatre theater house memorial pavilion auditorio teatro casa "
        "calle avenida puente parque plaza edificio carretera estadio aeropuerto premio beca"
    )
)
_LONGEST_ACRONYM = 5


@cache
def bearable() -> frozenset[str]:
    """Return the words that people are known to bear as names."""
    return word_set("given_names") | word_set("family_names") | word_set("names")


@cache
def family_words() -> frozenset[str]:
    """Return the words that people are known to bear as family names."""
    return word_set("family_names") | word_set("names")


@cache
def given_words() -> frozenset[str]:
    """Return the given names that are ordinary words too."""
    return word_set("everyday_given_names") | word_set("doubtful_given_names")


@cache
def all_given_words() -> frozenset[str]:
    """Return all given names, ordinary words or not."""
    return word_set("given_names") | given_words()


@cache
def everyday_family_words() -> frozenset[str]:
    """Return the family names that are ordinary words too, those of landscapes and trades among them."""
    return family_words() | word_set("doubtful_family_names")


def are_everyday_name(said: Sequence[str]) -> bool:
    """Tell whether two folded words are a name though both are everyday ones: "Cliff Harbour"."""
    given = len(said) == 2 and said[0] in given_words() and said[0] not in word_set("capitals")
    return given and said[1] in everyday_family_words() and " ".join(said) not in phrases("everyday_phrases")


def is_small_everyday_name(said: Sequence[str]) -> bool:
    """Tell whether two words in small letters are such a name: words as common as "rich" and "will" begin none."""
    return are_everyday_name(said) and word_set("everyday").isdisjoint(said)


def is_people_name(said: Sequence[str]) -> bool:
    """Tell whether two folded words may be a name the first of which is also a people's or a country's: "Maya Pond"."""
    if len(said) != 2 or said[0] not in word_set("people_given_names"):
        return False
    family = said[1] in everyday_family_words() and said[1] not in word_set("things") | word_set("everyday")
    return family and " ".join(said) not in phrases("everyday_phrases")


def is_nothing_but_name(said: Sequence[str]) -> bool:
    """Tell whether two folded words with nothing else beside them are a name, and no landscape, building or ship."""
    if is_people_name(said):
        return True
    if not are_everyday_name(said) or said[1] in word_set("everyday"):
        return False
    common = said[0] in word_set("everyday") and said[0] not in word_set("everyday_given_names")
    return not (common or is_landscape(said))


def is_landscape(said: Sequence[str]) -> bool:
    """Tell whether two words that could be a name are a place's: "Victoria Harbour"."""
    return said[1] in word_set("things") and said[0] in word_set("place_given_words")


def is_called_like_firm(word: str) -> bool:
    """Tell whether a word that no dictionary has looks made up for a firm: "Speednet"."""
    parts = ((word[: -len(end)], end) for end in word_set("firm_endings") if word.endswith(end))
    return any(len(part) > 3 and is_ordinary(part) and part not in bearable() for part, _ in parts)


def is_borne_by_people_only(word: str) -> bool:
    """Tell whether people bear a word as a name, and no place is called by it."""
    return word in bearable() and word not in word_set("place_given_names")


def is_surely_given(word: str) -> bool:
    """Tell whether a word is a given name, and no place is called by it."""
    return word in word_set("given_names") and word not in word_set("place_given_names")


def is_body_or_thing(word: str) -> bool:
    """Tell whether a word is that of a body or of a thing."""
    return word in word_set("bodies") or word in word_set("things")


@cache
def body_words() -> frozenset[str]:
    """Return the words of bodies and of what is called after people."""
    return (word_set("bodies") | word_set("institutions") | _NAMED_AFTER_PEOPLE) - word_set("names")


@cache
def thing_words() -> frozenset[str]:
    """Return the words of bodies, institutions and things."""
    return (word_set("bodies") | word_set("things") | word_set("institutions")) - word_set("names")


@cache
def known_phrases() -> frozenset[str]:
    """Return the names of places, institutions and countries, and other words that have a capital."""
    towns = {fold(name) for groups in load("places")["towns"].values() for names in groups for name in names}
    return (
        phrases("places")
        | phrases("institutions")
        | phrases("capitals")
        | towns
        | frozenset(load("people")["countries"])
    )


@cache
def first_words_of_known_phrases() -> frozenset[str]:
    """Return the words with which those names begin."""
    return frozenset(phrase.partition(" ")[0] for phrase in known_phrases())


def has_capital(unit: Token) -> bool:
    """Tell whether a word begins with a capital."""
    return unit.original[:1].isupper()


def is_acronym(unit: Token) -> bool:
    """Tell whether a word is nothing but capitals, and few of them."""
    return _is_acronym(unit.folded, unit.original)


def _is_acronym(folded: str, original: str) -> bool:
    return original.isupper() and len(folded) <= _LONGEST_ACRONYM and folded not in bearable()


def is_unknown(unit: Token) -> bool:
    """Return whether no dictionary has a word: as part of a name it is one."""
    return _is_unknown(unit.folded, unit.original)


@lru_cache(MOST_REMEMBERED)
def _is_unknown(folded: str, original: str) -> bool:
    return not (
        len(folded) < 2
        or is_ordinary(original)
        or any(character.isdigit() for character in folded)
        or _is_acronym(folded, original)
        or not original[1:].islower()
        and not original.isupper()
    )


def are_of_one_language(units: list[Token]) -> bool:
    """Return whether one language has all the words: "Orla Sandpiper" has one of Spanish, one of English."""
    said = [unit.original for unit in units if len(unit.folded) > 1 and not is_acronym(unit)]
    return any(all(is_ordinary(word, (language,)) for word in said) for language in LANGUAGES)


def may_be_borne(unit: Token) -> bool:
    """Return whether a word may be part of a name: an unknown one, an initial, or one that people bear."""
    return is_unknown(unit) or unit.folded in bearable() or len(unit.folded) == 1
