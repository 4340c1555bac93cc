"""Questions and answers as minutes hold them: "Q: ... A: ...", "Pregunta: ... Respuesta: ...".

Where there are marks, only they tell who speaks. A single letter is a mark where both kinds stand near each other:
"A:" alone may be anything, and so may "P:". Without any mark each line that asks is a question, as in a list of
frequent ones, and what stands below it the answer; where no heading or bold type sets the questions apart, that is
doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .document import Block, Run
from .names import find, is_name, key, split_line, without_title
from .session import Exchange, Person
from .vocabulary import any_of, load
from .words import fold, squeeze, trim

_WORDS = load("exchanges")
_LONGEST_MARK = 250
_LONGEST_OPENER = 20
_OPENERS = frozenset(_WORDS["openers"])
_ASKING = frozenset(_WORDS["question"]["letters"])
# Who asked or answered may stand in brackets, or behind "from".
_BY = r"(?:\s*\((?P<within>[^()]{1,120})\)|\s+(?:from|by|de|por)\s+(?P<by>[^:]{1,80}?))?"
_NUMBER = r"(?P<number>\s*(?:no\.?\s*|n[º°.]\s*|#\s*)?\d{1,3})?"
_SIGN = r"\s*(?P<sign>[:：.)]|(?<=\s)[–—-](?=\s))\s*"
# "P1. (Ana Sample, Reef Office): ..."
_BEHIND = (
    r"(?:[(\[](?P<behind>(?-i:[A-ZÁÉÍÓÚÑ])[^()\[\]]{1,120}|[^()\[\]]{2,120}(?=[)\]]\s*:))[)\]]\s*[:：]?\s*)?"
)
_IN_WRITING = re.compile(any_of(_WORDS["written"]))
# "Is it open? (Ana Sample, Reef Office)", "Is it open? (asked by Ana Sample)"
_ASKED_BY = re.compile(
    rf"(?P<question>.*\?)\W*?[(\[]\s*(?:{any_of(_WORDS['said_by'])}\s*:?\s+)?(?P<by>[^()\[\]]{{2,120}})[)\]]\W*$",
    re.DOTALL | re.IGNORECASE,
)
_ASKED_BEHIND = re.compile(
    rf"(?P<question>.*\?)\s*[–—-]+\s*{any_of(_WORDS['said_by'])}\s*:?\s+(?P<by>[^?]{{2,120}})$",
    re.DOTALL | re.IGNORECASE,
)
_ASKED_FIRST = re.compile(r"(?P<by>[^:?¿]{4,100}?)\s*[:：]\s+(?P<question>\S.*)", re.DOTALL)
_ASKED_BY_NOBODY = re.compile(rf"{any_of(_WORDS['nobody'])}\s*[:：]\s+(?=\S)", re.IGNORECASE)
_UNANSWERED = re.compile(rf"{any_of(_WORDS['unanswered'])}\.?", re.IGNORECASE)
_ANSWERER_FIRST = re.compile(r"(?P<by>[^:?!\n]{4,80}?)\s*:\s+(?P<answer>\S.*)", re.DOTALL)
_ANSWERER_LAST = re.compile(r"(?P<answer>\S[^()\[\]]*?)\s*[(\[](?P<by>[^()\[\]]{4,80})[)\]]\W*$", re.DOTALL)
_QUESTION_LINE = re.compile(r"[^?]{8,400}\?\s*(?:[(\[][^()\[\]]{2,120}[)\]])?[\s.*]*$")
# "Q2 - Ana Sample: Is it open?"
_NAMED = r"\s+[–—-]\s+(?P<by>[^:?]{4,80}?)\s*:\s*"
_LETTER_FIRST = re.compile(
    rf"{any_of([*_WORDS['question']['letters'], *_WORDS['answer']['letters']])}\.\s+[^\W\d_a-zà-ÿ]"
)
# A letter counts where its answer begins within so many lines.
_NEAR = 12


def _pattern(kind: str) -> re.Pattern[str]:
    letters, words = any_of(_WORDS[kind]["letters"]), any_of(_WORDS[kind]["words"])
    return re.compile(rf"(?:(?P<letter>{letters})|{words}){_NUMBER}{_BY}{_SIGN}{_BEHIND}", re.IGNORECASE)


def _pattern_of_told(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<by>[^:?]{{4,120}}?)\s+{any_of(_WORDS[kind]['verbs'])}\s*[:：]\s*", re.IGNORECASE)


def _pattern_of_named(kind: str) -> re.Pattern[str]:
    words = any_of([*_WORDS[kind]["letters"], *_WORDS[kind]["words"]])
    return re.compile(rf"(?P<mark>(?:{words}){_NUMBER}){_NAMED}", re.IGNORECASE)


_PATTERNS = {kind: _pattern(kind) for kind in ("question", "answer")}
_PATTERNS_OF_NAMED = {kind: _pattern_of_named(kind) for kind in _PATTERNS}
_PATTERNS_OF_TOLD = {kind: _pattern_of_told(kind) for kind in _PATTERNS}


@dataclass(frozen=True)
class Mark:
    """What a line begins with: its kind, who is named there, whether it is one letter, and how long it is.

    ``has_point`` says that a point ends it, and ``may_be_initial`` that it may begin a name: "A. Sample".
    ``may_be_topic`` says that who is named may be what the question is about: "Q2 - Marine Reserves: who ...".
    """

    kind: str
    by: str
    is_letter: bool
    length: int
    has_point: bool = False
    may_be_initial: bool = False
    may_be_topic: bool = False


def mark_of(block: Block, *, told: bool = False) -> Mark | None:
    """Return the mark of a question or an answer with which a line begins, or None.

    Args:
        block: the line.
        told: whether a sentence that tells who spoke is one: "Ms. Ana Sample asked: ...". In prose it is not.
    """
    if block.kind in ("heading", "message"):
        return None
    said = f"{block.term.rstrip(' :')}:" if block.term else block.text[:_LONGEST_MARK]
    for kind, pattern in _PATTERNS.items():
        if named := _named(said, kind):
            return named
        if (found := pattern.match(said)) and _is_sign(found, said):
            behind, end = _behind(found, said)
            by = squeeze(found["within"] or found["by"] or behind)
            is_letter, has_point = found["letter"] is not None, found["sign"] == "."
            may_be_initial = is_letter and has_point and not found["number"] and _like_name(said[end:])
            may_be_topic = _may_be_topic(behind, kind)
            return Mark(
                kind, by, is_letter, 0 if block.term else end, has_point, may_be_initial, may_be_topic
            )
    return _told(said) if told else None


def _marks(lines: Iterable[Block], *, told: bool = False) -> list[Mark | None]:
    """Return the mark of each line; what may be an initial is one only below another letter with a point."""
    found: list[Mark | None] = []
    has_point = False
    for block in lines:
        mark = mark_of(block, told=told)
        if mark and mark.may_be_initial and not has_point:
            mark = None
        if mark or block.kind == "heading":
            has_point = mark is not None and mark.has_point
        found.append(mark)
    return found


def _behind(found: re.Match[str], said: str) -> tuple[str, int]:
    """Return who is named in brackets behind a mark, and where the mark ends; a topic in brackets stays."""
    named = found["behind"]
    if not named:
        return "", found.end()
    has_colon = not {":", "："}.isdisjoint(said[found.end("behind") : found.end()])
    if has_colon or _is_named(named):
        return named, found.end()
    return "", found.start("behind") - 1


def _is_sign(found: re.Match[str], said: str) -> bool:
    """Tell a mark by its sign: a colon always will do; a dash behind a word; what else ends a number, behind one.

    A point behind a single letter will do before the beginning of a sentence: "Q. Who ...".
    """
    if found["sign"] in ":：" or (found["number"] and found["sign"] in ".)"):
        return True
    if not found["letter"]:
        return found["sign"] in "–—-"
    behind = said[_behind(found, said)[1] :].lstrip('¿"“«')
    if found["sign"] != "." or not found["letter"].isupper() or behind == "" or behind[0].islower():
        return False
    if not _like_name(behind):
        return True
    return not _is_person(said) and (found["letter"] not in _ASKING or "?" in said)


def _like_name(behind: str) -> bool:
    """Tell whether what stands behind a letter and a point may be a family name: no word with which sentences begin."""
    return behind[:1].isupper() and fold(behind[:_LONGEST_OPENER].split()[0]) not in _OPENERS


def _is_person(said: str) -> bool:
    """Tell the initial of a person who is told of: "A. Sample of the Reef Club said ..."."""
    name, rest = split_line(said)
    return _told(said) is not None or (name != "" and rest[:1].isupper())


def _told(said: str) -> Mark | None:
    """Return the mark of a line that tells who spoke: "Ms. Ana Sample from the coast asked: ..."."""
    if ":" not in said and "：" not in said:
        return None
    for kind, pattern in _PATTERNS_OF_TOLD.items():
        found = pattern.match(said)
        if found and found["by"][:1].isupper():
            return Mark(kind, squeeze(found["by"]), is_letter=False, length=found.end())
    return None


def _named(said: str, kind: str) -> Mark | None:
    """Return the mark with a name behind a dash: "Q2 - Ana Sample: ..."."""
    named = _PATTERNS_OF_NAMED[kind].match(said)
    # An answer's one word is a family name; a question's may be its topic.
    fewest = 1 if kind == "answer" else 2
    if named is None or not is_name(split_line(named["by"])[0] or named["by"], fewest=fewest):
        return None
    by = squeeze(named["by"])
    return Mark(
        kind,
        by,
        is_letter=len(named["mark"].strip()) == 1,
        length=named.end(),
        may_be_topic=_may_be_topic(by, kind),
    )


def _may_be_topic(named: str, kind: str) -> bool:
    """Tell whether what a question names may be its topic: without title and office it only looks like a name."""
    return kind == "question" and named != "" and not _is_asker(named)


def asks(block: Block) -> bool:
    """Tell whether a line asks by its form."""
    return bool(_QUESTION_LINE.match(block.text))


def starts(lines: Sequence[Block]) -> set[int]:
    """Return which lines begin a question: those with a question's mark, and an answer's within some lines."""
    marks = _marks(lines)
    answers = [position for position, mark in enumerate(marks) if mark and mark.kind == "answer"]
    found: set[int] = set()
    following = iter([*answers, len(lines) + _NEAR + 1])
    answer = next(following)
    for position, mark in enumerate(marks):
        while answer < position:
            answer = next(following)
        if mark and mark.kind == "question" and (not mark.is_letter or answer - position <= _NEAR):
            found.add(position)
    return found


def read(lines: Iterable[Block], label: str = "") -> tuple[list[Exchange], list[Block]]:
    """Read questions with their answers; return also the lines that belong to none.

    Args:
        lines: the lines of the part.
        label: what the part is called; it may say that the answers were given in writing.
    """
    lines = [piece for block in lines for piece in _apart(block)]
    in_writing = bool(_IN_WRITING.search(fold(label)))
    marks = _marks(lines, told=True)
    if not any(marks):
        return _unmarked(lines, in_writing)
    found: list[Exchange] = []
    stray: list[Block] = []
    said: list[str] | None = None
    texts: list[tuple[list[str], list[str]]] = []
    for block, mark in zip(lines, marks, strict=True):
        rest = trim_mark(block, mark) if mark else squeeze(block.text)
        if mark and mark.kind == "question":
            found.append(
                Exchange(
                    asked_by=mark.by,
                    may_be_topic=mark.may_be_topic,
                    in_writing=in_writing,
                    place=block.place,
                )
            )
            texts.append(([rest], []))
            said = texts[-1][0]
        elif mark and said is not None:
            found[-1].answered_by = found[-1].answered_by or mark.by
            texts[-1][1].append(rest)
            said = texts[-1][1]
        elif (
            mark is None
            and said is not None
            and (not block.starts or block.kind == "item")
            and not _LETTER_FIRST.match(rest)
        ):
            said.append(rest)
        else:
            # A paragraph without a mark may be anybody's words, and so may what begins like a mark and is none.
            said = None
            stray.append(block)
    for exchange, (question, answer) in zip(found, texts, strict=True):
        _ask(exchange, " ".join(filter(None, question)))
        _answer(exchange, answer)
    stray += [Block("line", place=exchange.place) for exchange in found if not exchange.question]
    return [exchange for exchange in found if exchange.question], stray


def _apart(block: Block) -> Iterator[Block]:
    """Yield question and answer of a row or of an entry in a list of terms, the question set apart."""
    if block.term and mark_of(block) is None and _QUESTION_LINE.match(block.term):
        yield Block("line", (Run(block.term, bold=True),), block.place)
        block = replace(block, term="", starts=False)
    yield block


def _unmarked(lines: Sequence[Block], in_writing: bool) -> tuple[list[Exchange], list[Block]]:
    """Read questions that nothing marks but their form, each with what stands below it as the answer."""
    apart = [block.kind == "heading" or block.bold or bool(block.bold_start) for block in lines]
    asking = [asks(block) and block.starts for block in lines]
    # Where some questions are set apart, a question below one belongs to its answer.
    marked = [one and other for one, other in zip(apart, asking, strict=True)]
    asking = marked if any(marked) else asking
    found: list[Exchange] = []
    stray: list[Block] = []
    for block, is_question in zip(lines, asking, strict=True):
        if is_question:
            found.append(
                Exchange(in_writing=in_writing, certain=any(marked) or in_writing, place=block.place)
            )
            _ask(found[-1], squeeze(block.text))
        elif found and block.kind != "heading":
            _answer(found[-1], [found[-1].answer, squeeze(block.text)])
        else:
            stray.append(block)
    return found, stray


def _ask(exchange: Exchange, text: str) -> None:
    """Set the question, without who is named behind it, or before it with a colon, as having asked."""
    if named := _ASKED_BY.match(text) or _ASKED_BEHIND.match(text):
        text, exchange.asked_by = named["question"].strip(), exchange.asked_by or squeeze(named["by"])
    if (named := _ASKED_FIRST.match(text)) and _is_asker(named["by"]):
        text, exchange.asked_by = named["question"], exchange.asked_by or squeeze(named["by"])
    exchange.question = _ASKED_BY_NOBODY.sub("", text)


def _answer(exchange: Exchange, lines: Iterable[str]) -> None:
    """Set the answer, unless it says that there was none."""
    text = "\n".join(filter(None, lines))
    exchange.answer = "" if _UNANSWERED.fullmatch(text) else text


def tell_topics(exchanges: Sequence[Exchange], texts: Iterable[str]) -> None:
    """Give questions back their topics, "Marine Reserves", of which the record speaks in small letters elsewhere.

    What it never calls so may be the name of whoever asked, though its words are everyday ones.
    """
    doubtful = [exchange for exchange in exchanges if exchange.may_be_topic]
    said = (text for exchange in exchanges for text in (exchange.question, exchange.answer))
    spoken = "\n".join(map(squeeze, (*texts, *said))) if doubtful else ""
    for exchange in doubtful:
        topic = exchange.asked_by
        if re.search(rf"\b{re.escape(topic.lower())}\b", spoken):
            exchange.question, exchange.asked_by = f"{topic}: {exchange.question}", ""


def tell_answerers(exchanges: Iterable[Exchange], people: Sequence[Person]) -> None:
    """Tell by their full names who answered, and take those out of answers that begin or end with one.

    A title and a family name are those of relatives too: whose answer it is stays doubtful.
    """
    for exchange in exchanges:
        by = exchange.answered_by
        if by:
            person = find(people, by) if _is_full(by) else _of_family(by, people)
            exchange.answered_by = person.name if person else by
            exchange.certain = exchange.certain and _is_full(by)
        elif named := _ANSWERER_FIRST.match(exchange.answer) or _ANSWERER_LAST.match(exchange.answer):
            by = squeeze(named["by"])
            person = find(people, by) if _is_full(by) else _of_family(by, people)
            if person or (_has_title(by) and is_name(by, fewest=1)):
                exchange.answered_by = person.name if person else by
                exchange.certain = person is not None and _is_full(by)
                exchange.answer = named["answer"].strip()


def _is_full(name: str) -> bool:
    return " " in key(name)


def _of_family(named: str, people: Sequence[Person]) -> Person | None:
    """Return the one person in a public role who is meant by title and family name: "Dr. Sample"."""
    family = key(named)
    if not family or not _has_title(named):
        return None
    alike = {key(person.name): person for person in people if family in key(person.name).split()[1:]}
    return next(iter(alike.values())) if len(alike) == 1 else None


def _is_asker(named: str) -> bool:
    """Tell somebody before a question from its topic, which looks like a name: by a title, or an office behind."""
    name, office = split_line(named)
    return bool(name and office) or (_has_title(named) and is_name(named, fewest=1))


def _is_named(named: str) -> bool:
    return _is_asker(named) or is_name(named)


def _has_title(name: str) -> bool:
    return without_title(name) != name


def trim_mark(block: Block, mark: Mark) -> str:
    """Return a line without its mark."""
    return trim(block.after(mark.length).text) if mark.length else squeeze(block.text)
