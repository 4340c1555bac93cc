"""A chat, as copied or saved from a meeting: lines in, messages out.

Entries to everyone become messages. Private and direct messages are dropped whole, with the lines that
belong to them; reactions are no messages. A line without an author of its own belongs to the entry above.

In a copied chat ("Name:text") nothing but the colon tells where the name ends, and names hold colons too
("Ana Sample: Lagoon Radio:hello"). The authors seen in the rest of the chat decide; then what looks like a
name. When in doubt a line begins an entry of its own: a participant's words must never be taken for a host's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .document import Block
from .vocabulary import load
from .words import URL, fold, squeeze

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_TIME = rf"(?P<at>\[?(?:\d{{4}}-\d\d-\d\d[ T])?{_CLOCK}\]?)"
_STAMPED = re.compile(rf"\s?{_TIME}\s+(?P<rest>\S.*)")
# Zoom: "10:31:07 From X to Everyone:" with the text below, or "10:31:07  From  X  to  Everyone : text".
_FROM = re.compile(r"(?:[Ff]rom|De|Von)\s+(?P<rest>\S.*)")
_EVERYONE = (
    r"(?:everyone|all panelists(?: and attendees)?|all participants|panelists and attendees"
    r"|todos(?: los participantes)?|tout le monde|tous(?: les participants)?"
    r"|todas las personas|all attendees)(?:\s+in meeting)?(?:\s*\(in main session\))?"
)
_TO_EVERYONE = re.compile(
    rf"^(?P<author>.+?)\s+(?:to|a|à|para)\s+{_EVERYONE}\s*(?:[(\[]?{_CLOCK}[)\]]?\s*)?:\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_TO_ONE = re.compile(
    r"^(?P<author>.+?)\s+(?:to|a|à|para)\s+(?P<target>[^:]{1,120}?)"
    r"\s*(?P<private>\((?:direct message|privately|private|mensaje directo|en privado"
    r"|privado|message direct|en priv[eé]|priv[eé])\))?\s*:(?P<text>.*)$",
    re.IGNORECASE,
)
_PRIVATE_NAME = re.compile(
    r"\((?:privately|private|direct message|private message|to you|to me|en privado|privado"
    r"|mensaje directo|mensaje privado|message direct|message priv[eé]|en priv[eé]|priv[eé])\)\s*$"
    r"|\s(?:to|a|à|para)\s+.{1,80}\((?:privately|direct message|private|en privado|mensaje directo"
    r"|message direct)\)\s*$",
    re.IGNORECASE,
)
_PRIVATE_TEXT = re.compile(
    r"\s*\((?:privately|direct message|private message|en privado|mensaje directo|mensaje privado"
    r"|message direct|message priv[eé]|en priv[eé])\)\s*:?",
    re.IGNORECASE,
)
_TABBED = re.compile(rf"\s?{_TIME}\s*\t\s*(?P<author>[^\t]{{1,120}}?)\s*:\s*\t\s*(?P<text>.*)")
_REACTION = re.compile(
    r"\s*(?:Reacted to|Removed an? .{1,40} reaction from|Reaccionó a|Se eliminó una reacción"
    r"|Eliminó una reacción|"
    r"Ha reaccionado a|Quitó una reacción|A réagi à|A supprimé une réaction)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REPLY = re.compile(
    r"\s*(?:Replying to|Respondiendo a|En respuesta a|Répondre à|En réponse à)"
    r"\s+[\"“«](?P<start>[^\n]*?)[\"”»]\s*(?:\n|$)",
    re.IGNORECASE,
)
# Copied from the window of Teams: a line with name and time, or time and name, and the message below it.
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d-\d\d|today|yesterday|hoy|ayer"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
)
_NAME_OVER = re.compile(
    rf"\s?(?P<author>[^\s\[].{{0,90}}?),?\s+\[?(?:{_DAY},?\s+)?{_TIME}\]?\s*", re.IGNORECASE
)
_TIME_OVER = re.compile(rf"\s?\[(?:{_DAY},?\s+)?{_TIME}\]?\s+(?P<author>\S.{{0,90}})")
# What Teams copies along with a message: reactions, and that it was edited.
_TEAMS_NOTE = re.compile(
    r"\d{1,3} \w+ reactions?\.?|\d{1,3} (?:likes?|hearts?|laughs?|surprised|sad|angry)|(?:likes?|hearts?) \d{1,3}"
    r"|\d{1,3} me gusta|me gusta \d{1,3}|edited|editado",
    re.IGNORECASE,
)
# WhatsApp and Teams: "13/02/2020, 10:31 - Name: text", "[10:31] Name: text"
_DATED = re.compile(
    r"\s?\[?(?P<at>\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\.?)?)\]?\s*(?:-|–)?\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]")
# "<Name> text" and "Name (10:31): text": forms that count only where most lines of a chat have them.
_ANGLED = re.compile(rf"\s?(?:\[?{_TIME}\]?\s+)?<(?P<author>[^<>]{{1,90}})>\s*(?P<text>\S.*)")
_TIMED_NAME = re.compile(rf"\s?(?P<author>\S.{{0,90}}?)[\s,]+[(\[]?{_TIME}[)\]]?\s*:\s*(?P<text>\S.*)")
_FORMS = (_TO_EVERYONE, _ANGLED, _TIMED_NAME)
_FEWEST_OF_A_FORM = 3
_ONLY_TIME = re.compile(rf"\s*{_CLOCK}\s*")
_TIME_LAST = re.compile(rf"\s*[(\[](?P<at>{_CLOCK})[)\]]\s*$", re.IGNORECASE)
_SAYS = re.compile(r"\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe)\s*$", re.IGNORECASE)
_SAYS_WITHIN = re.compile(
    r"(?P<name>[^:]{2,60}?\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe))\s*:\s*(?P<text>.*)",
    re.IGNORECASE,
)
# WhatsApp shows the number of whoever is in nobody's list, and tells what happened on lines like those of messages.
_NUMBER_AS_NAME = re.compile(r"~?\s*\+\d[\d\s().-]{6,20}")
_NOTICE = re.compile(
    r"\W*(?:messages and calls are end-to-end encrypted\b.*|los mensajes y las llamadas est[aá]n cifrados\b.*"
    r"|<?(?:attached: .{1,100}|media omitted|image omitted|video omitted|multimedia omitido"
    r"|archivo adjunto: .{1,100})>?"
    r"|(?:this message was|you) deleted(?: this message)?\.?|se elimin[oó] este mensaje\.?|eliminaste este mensaje\.?"
    r"|missed (?:voice|video) call\.?)\W*",
    re.IGNORECASE,
)
# What programs put behind a message that was changed.
_EDITED = re.compile(
    r"\s*[(<\[]\W?(?:this message was edited|edited|se edit[oó] este mensaje|editado|modifi[eé])\W?[)>\]]\s*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s[-–—](?=\s)")
_COLON = re.compile(r"\s?[:：](?!//)(?![-')(DPp](?:\s|$))")
_LONGEST_NAME = 90
_MOST_WORDS = 12

_NO_NAMES = frozenset(load("chat")["no_names"])
_SENTENCE_WORDS = frozenset(load("chat")["sentence_words"])


@dataclass
class Entry:
    """One entry of a chat, with where each of its lines stands."""

    author: str
    lines: list[str]
    places: list[str]
    at: str = ""
    private: bool = False
    reply_to: str = ""


@dataclass
class Chat:
    """What a chat holds: entries to everyone, lines before the first, and where private ones were dropped."""

    entries: list[Entry] = field(default_factory=list)
    stray: list[Block] = field(default_factory=list)
    private: list[str] = field(default_factory=list)


def is_header(text: str) -> bool:
    """Tell whether a line is a stamped entry of a saved chat, so that a chat begins without any label."""
    stamped = _STAMPED.match(text)
    return (
        _addressed_without_time(text) is not None
        or bool(stamped and (found := _FROM.match(stamped["rest"])) and _addressed(found["rest"]))
        or bool(_TABBED.match(text))
    )


def is_dated(text: str) -> bool:
    """Tell whether a line bears day and time in front, as entries and notices of a group chat do."""
    return _DATED.match(text) is not None


def is_entry_of_saved_chat(text: str) -> bool:
    """Tell an entry of the oldest form: "10:31:07 From Ana Sample : hello". One such line alone may be anything."""
    stamped = _STAMPED.match(text)
    found = _FROM.match(stamped["rest"]) if stamped else None
    return bool(found and looks_like_entry(found["rest"]))


def looks_like_entry(text: str) -> str:
    """Return the author where a line has the form "Name: text" and its name looks like one, else nothing."""
    for cut in _cuts(text)[:1]:
        name = text[: cut.start()].strip()
        if text[cut.end() :].strip() and _plausible(name) and len(name.split()) <= 8:
            return name
    return ""


def dated_entry(text: str) -> str:
    """Return the author of an entry of a group chat, which bears day and time in front, else nothing."""
    dated = _DATED.match(text)
    cut = next(iter(_cuts(dated["rest"])), None) if dated else None
    name = squeeze(dated["rest"][: cut.start()]) if dated and cut else ""
    return name if len(name.split()) <= 8 else ""


def read(blocks: Iterable[Block], known: Iterable[str] = ()) -> Chat:
    """Read the lines of a chat.

    Args:
        blocks: its lines.
        known: names of people whom the record names, who are likely authors.
    """
    lines = list(blocks)
    reader = _Reader(lines, {name for name in known if name})
    for block in lines:
        reader.take(block)
    return reader.chat()


def stacked(texts: list[str], *, colons: bool = False) -> set[int]:
    """Return which lines are heads of a chat copied as a stack: who and when, with the message below.

    One line of this form may be anything; a chat has two at least, with something below most of them. Within a
    chat there may be ``colons`` in a name.
    """
    heads = [_head(text)[0] != "" for text in texts]
    over = [
        position
        for position, head in enumerate(heads[:-1])
        if head and not heads[position + 1] and texts[position + 1].strip()
    ]
    if len(over) < max(2, sum(heads) / 2):
        return set()
    return {position for position, text in enumerate(texts) if _head(text, colons=colons)[0]}


def _head(text: str, *, colons: bool = False) -> tuple[str, str]:
    """Return author and time of a line that is nothing else; ``colons`` may stand in the name."""
    for pattern in (_TIME_OVER, _NAME_OVER):
        match = pattern.fullmatch(text.rstrip())
        if (
            (
                match
                and _plausible(name := squeeze(match["author"]))
                and (colons or not _cuts(name))
                and len(name.split()) <= 8
            )
            and not name.endswith((".", ","))
            and not name[:1].isdigit()
        ):
            return name, match["at"].strip("[]")
    return "", ""


class _Reader:
    def __init__(self, lines: list[Block], known: set[str]) -> None:
        texts = [block.text for block in lines]
        self.heads = {id(lines[position]) for position in stacked(texts, colons=True)}
        self.entries: list[Entry] = []
        self.stray: list[Block] = []
        self.stamped = any(_stamped(block.text) for block in lines)
        self.after_header = False
        plain = [block.text for block in lines if not block.term and not _stamped(block.text)]
        self.form = _form(plain)
        self.over = _stand_over(plain)
        self.authors = _Authors(plain, known, _dashes if _has_dashes(plain) else _cuts)
        # In a saved chat a further line of a message may look like an entry; in it only names seen
        # before begin one.
        self.strict = self.stamped
        half = max(1, len(lines) // 2)
        signed = sum(_bold_author(block) != "" for block in lines)
        bold = sum(_bold_author(block, signed=False) != "" for block in lines)
        self.bold_only = bold >= max(_FEWEST_OF_A_FORM, half) and signed < bold
        self.bold = self.bold_only or signed * 2 >= half

    def take(self, block: Block) -> None:
        """Read one line: an entry begins, or the one above goes on."""
        text = _said(block)
        entry = self._entry(block, text)
        if entry is not None:
            self.entries.append(entry)
            self.after_header = not entry.lines[0]
        elif self.entries and (
            _NOTICE.fullmatch(text)
            or (self.heads and _TEAMS_NOTE.fullmatch(text.strip()))
            # Below an entry with its day, a line with day and time that nobody said tells who came or left.
            or (_DAY_BEFORE.match(self.entries[-1].at) and is_dated(text))
        ):
            return
        elif self.entries:
            self.entries[-1].lines.append(text.strip())
            self.entries[-1].places.append(block.place)
            self.after_header = False
        else:
            self.stray.append(block)

    def _entry(self, block: Block, text: str) -> Entry | None:
        if block.term or block.kind == "message":
            return Entry(
                squeeze(block.term),
                [text.strip()],
                [block.place],
                block.at,
                bool(_PRIVATE_NAME.search(block.term)),
            )
        if id(block) in self.heads:
            name, at = _head(block.text, colons=True)
            return Entry(name, [""], [block.place], at, bool(_PRIVATE_NAME.search(name)))
        if self.heads:
            return None
        if not text.startswith(("\t\t", "    ")) and (entry := _stamped_entry(text.strip("\n"), block)):
            return entry
        if text.startswith("\t") or self.after_header:
            return None
        if self.form and (formed := self.form.match(text)) and _plausible(squeeze(formed["author"])):
            at = (formed.groupdict().get("at") or "").strip("[]")
            return Entry(squeeze(formed["author"]), [formed["text"].strip()], [block.place], at)
        if self.over:
            name = squeeze(text).rstrip(":：").strip()
            return Entry(name, [""], [block.place]) if _stands_over(text) else None
        if self.bold and (name := _bold_author(block, signed=not self.bold_only)):
            behind = text.strip()[len(block.bold_start) :].lstrip(" :–—-\t")
            stamp = _STAMPED.match(behind)
            at, said = (stamp["at"].strip("[]"), stamp["rest"]) if stamp else ("", behind)
            return Entry(name, [said], [block.place], at)
        name, message = self.authors.split(text.strip(), strict=self.strict)
        if not name:
            return None
        private = bool(_PRIVATE_NAME.search(name) or _PRIVATE_TEXT.match(message))
        return Entry(name, [message], [block.place], private=private)

    def chat(self) -> Chat:
        """Put together what was read."""
        chat = Chat(stray=self.stray)
        timed = sum(bool(_TIME_LAST.search(entry.lines[-1])) for entry in self.entries)
        for entry in self.entries if timed * 2 > max(_FEWEST_OF_A_FORM, len(self.entries)) else ():
            if last := _TIME_LAST.search(entry.lines[-1]):
                entry.at, entry.lines[-1] = last["at"], entry.lines[-1][: last.start()]
        said = sum(bool(_SAYS.search(entry.author)) for entry in self.entries) * 2 > len(self.entries)
        for entry in self.entries:
            if said and not _SAYS.search(entry.author) and (more := _SAYS_WITHIN.match(entry.lines[0])):
                # "Ana Sample: Lagoon Radio says: hello"
                entry.author, entry.lines[0] = f"{entry.author}: {more['name']}", more["text"]
            entry.author = _SAYS.sub("", entry.author) if said else entry.author
            if _ONLY_TIME.fullmatch(entry.lines[0]):
                entry.at, entry.lines[0] = entry.at or entry.lines[0].strip(), ""
            text = "\n".join(entry.lines).strip()
            if entry.private:
                chat.private.append(entry.places[0])
                continue
            if (_REACTION.fullmatch(text) or _NOTICE.fullmatch(text)) and "\n" not in text:
                continue
            if reply := _REPLY.match(text):
                entry.reply_to = reply["start"].rstrip(". …")
                text = text[reply.end() :].strip()
            entry.lines = [line for line in _EDITED.sub("", text).split("\n") if line.strip()]
            if entry.lines:
                chat.entries.append(entry)
            else:
                chat.stray.append(Block("line", place=entry.places[0]))
        return chat


def _said(block: Block) -> str:
    """Return a line with the addresses behind its links, where their words do not say them."""
    runs = block.runs
    said = []
    for run, following in zip(runs, (*runs[1:], None), strict=False):
        said.append(run.text)
        ends = following is None or following.href != run.href
        if run.href and ends and run.href.startswith(("http://", "https://")) and not URL.search(run.text):
            said.append(f" {run.href}")
    return "".join(said)


def _form(lines: list[str]) -> re.Pattern[str] | None:
    """Return the form that most lines have, of those that a single line may have by chance."""
    for form in _FORMS:
        count = sum(
            bool((found := form.match(text)) and _plausible(squeeze(found["author"]))) for text in lines
        )
        if count >= max(_FEWEST_OF_A_FORM, len(lines) / 2):
            return form
    return None


def _stands_over(text: str) -> bool:
    """Tell whether a line is a display name with a colon behind it, and nothing else."""
    name = text.strip().rstrip(":：")
    return name != text.strip() and _plausible(squeeze(name)) and len(name.split()) <= 8


def _stand_over(lines: list[str]) -> bool:
    """Tell whether a chat writes each name on a line of its own, over what was said."""
    over = sum(map(_stands_over, lines))
    return over >= max(_FEWEST_OF_A_FORM, len(lines) / 3) and over >= len(lines) - 2 * over


def _has_dashes(lines: list[str]) -> bool:
    """Tell whether a chat sets a dash, and no colon, behind its names."""
    names = [fold(text[: cuts[0].start()]) for text in lines if (cuts := _dashes(text))]
    colons = sum(looks_like_entry(text) != "" for text in lines)
    often = len(names) >= max(_FEWEST_OF_A_FORM, len(lines) * 0.6)
    # Names hold colons and dashes too: what stands behind every name is what more lines have.
    return often and colons < len(names) and len(set(names)) < len(names)


def _dashes(text: str) -> list[re.Match[str]]:
    """Return the dashes at which a name may end."""
    return [
        cut
        for cut in _DASH.finditer(text[: _LONGEST_NAME + 2])
        if cut.start() and _plausible(text[: cut.start()])
    ]


def _stamped(text: str) -> bool:
    return bool(_STAMPED.match(text) or _DATED.match(text)) or _addressed_without_time(text) is not None


def _stamped_entry(text: str, block: Block) -> Entry | None:
    """Read a line that bears its time, or the head of a saved chat's entry."""
    if tabbed := _TABBED.match(text):
        name = squeeze(tabbed["author"])
        return Entry(
            name, [tabbed["text"].strip()], [block.place], tabbed["at"], bool(_PRIVATE_NAME.search(name))
        )
    match = _STAMPED.match(text) or _DATED.match(text)
    if not match:
        addressed = _addressed_without_time(text)
        return Entry(addressed[0], [addressed[1]], [block.place], private=addressed[2]) if addressed else None
    rest, at = match["rest"], match["at"].strip("[]")
    if (found := _FROM.match(rest)) and (entry := _addressed(found["rest"])):
        return Entry(entry[0], [entry[1]], [block.place], at, entry[2])
    if (found := _FROM.match(rest)) and (name := looks_like_entry(found["rest"])):
        return Entry(name, [found["rest"][len(name) :].strip(" :\t")], [block.place], at)
    if angled := _ANGLED.match(rest):
        return Entry(squeeze(angled["author"]), [angled["text"].strip()], [block.place], at)
    name, message = _Authors([], set()).split(rest.strip(), strict=False)
    if name:
        return Entry(name, [message], [block.place], at, bool(_PRIVATE_NAME.search(name)))
    return None


def _addressed_without_time(text: str) -> tuple[str, str, bool] | None:
    """Read "From X to Everyone:", as a chat is copied from the window; "From Belize to Mexico:" is none."""
    found = _FROM.match(text)
    if found is None or not (addressed := _addressed(found["rest"])):
        return None
    private = _TO_ONE.match(found["rest"])
    return addressed if not addressed[2] or (private and private["private"]) else None


def _addressed(rest: str) -> tuple[str, str, bool] | None:
    """Return author, text and whether it is private, of what follows "From"."""
    if match := _TO_EVERYONE.match(rest):
        return squeeze(match["author"]), match["text"].strip(), False
    if match := _TO_ONE.match(rest):
        return squeeze(match["author"]), match["text"].strip(), True
    return None


def _bold_author(block: Block, *, signed: bool = True) -> str:
    """Return the bold text with which a line begins; ``signed`` asks for a colon or a dash behind it."""
    start = block.bold_start
    if not start or start == block.text or len(start) > _LONGEST_NAME or len(start.split()) > _MOST_WORDS:
        return ""
    following = block.text[len(start) :].lstrip()
    if not signed and not _plausible(squeeze(start.rstrip(" :："))):
        return ""
    if signed and not start.endswith((":", "：")) and not following.startswith((":", "：", "–", "—", "-")):
        return ""
    return squeeze(start.rstrip(" :："))


def _cuts(text: str) -> list[re.Match[str]]:
    """Return the colons at which a name may end: no times of day, no addresses, no smileys."""
    head = text[: _LONGEST_NAME + 2]
    return [
        cut
        for cut in _COLON.finditer(head)
        if cut.start()
        and not (text[cut.end() - 2 : cut.end() - 1].isdigit() and text[cut.end() : cut.end() + 1].isdigit())
    ]


def _plausible(name: str) -> bool:
    """Tell whether what stands before a colon may be a display name."""
    words = name.split()
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST_NAME:
        return False
    if not any(map(str.isalpha, name)):
        return bool(_NUMBER_AS_NAME.fullmatch(name))
    if fold(name) in _NO_NAMES or "http" in name.lower() or re.search(r"[?!;\"“”=<>]|\.\.\.|…", name):
        return False
    outside = re.sub(r"[(\[].*?[)\]]", " ", name)
    small = [word for word in outside.split() if word.islower() and fold(word) in _SENTENCE_WORDS]
    if len(small) > 1 or (small and fold(words[0]) in _SENTENCE_WORDS):
        return False
    # A sentence of small words that ends in a colon, such as "the three steps are:".
    lower = [word for word in outside.split() if word[:1].islower()]
    return not (len(lower) >= 4 and len(lower) > len(words) / 2)


def _name_like(piece: str) -> bool:
    """Tell whether a piece between two colons is more of a name: an office, a house, letters in capitals."""
    words = piece.split()
    plain = re.sub(r"\b[^\W\d]{1,5}\.(?=\s)", " ", piece)
    if not words or len(words) > 6 or fold(piece) in _NO_NAMES or re.search(r"[?!.,;]|\b\d+\b", plain):
        return False
    capital = [word for word in words if word[:1].isupper() or not word[:1].isalpha()]
    small = [
        word
        for word in words
        if word[:1].islower() and word not in ("of", "de", "del", "the", "and", "y", "la", "&", "for")
    ]
    return bool(capital) and not small and any(word[:1].isupper() for word in words)


class _Authors:
    """The authors of a copied chat, found from what its lines have in common."""

    def __init__(
        self,
        lines: list[str],
        known: set[str],
        cuts_of: Callable[[str], list[re.Match[str]]] | None = None,
    ) -> None:
        self.known = {fold(name) for name in known}
        self.cuts_of = cuts_of or _cuts
        self.first: Counter[str] = Counter()
        self.second: Counter[str] = Counter()
        spaced = close = 0
        for text in lines:
            cuts = self.cuts_of(text)
            for position, cut in enumerate(cuts[:2]):
                name = text[: cut.start()].strip()
                if _plausible(name):
                    (self.second if position else self.first)[fold(name)] += 1
            if cuts and _plausible(text[: cuts[0].start()].strip()):
                spaced += text[cuts[0].end() : cuts[0].end() + 1] == " "
                close += text[cuts[0].end() : cuts[0].end() + 1] not in (" ", "")
        # Whether this chat writes "Name: text" rather than "Name:text".
        self.spaced = spaced > close

    def split(self, text: str, *, strict: bool) -> tuple[str, str]:
        """Return author and text of a line, or nothing where it begins no entry."""
        cuts = self.cuts_of(text)
        cut = self._cut(text, cuts)
        if cut is None:
            return "", ""
        name = squeeze(text[: cut.start()])
        if strict and fold(name) not in self.known and self.first[fold(name)] + self.second[fold(name)] < 2:
            return "", ""
        return name, text[cut.end() :].strip()

    def _cut(self, text: str, cuts: list[re.Match[str]]) -> re.Match[str] | None:
        if not cuts:
            return None
        first = cuts[0]
        name = text[: first.start()].strip()
        if not _plausible(name):
            return None
        if len(cuts) == 1 or fold(name) in self.known:
            return first
        second = cuts[1]
        longer, piece = text[: second.start()].strip(), text[first.end() : second.start()]
        if not _plausible(longer) or not text[second.end() :].strip():
            return first
        if _name_like(piece) and second[0][0].isspace() and not first[0][0].isspace():
            # "Ana Sample: Lagoon Radio :hello"
            return second
        # The longer name is said again, and the shorter one never stands alone.
        alone = self.first[fold(name)] - self.second[fold(longer)]
        if self.second[fold(longer)] > 1 and alone <= 0:
            return second
        if alone > 0 and self.second[fold(longer)] <= alone:
            return first
        # Said once: a blank after the colon of a chat that sets none shows that it is part of the name.
        if _name_like(piece) and piece[:1].isspace() and (not self.spaced or _more_than_a_word(piece)):
            return second
        return first


def _more_than_a_word(piece: str) -> bool:
    words = piece.split()
    return len(words) > 1 or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1) or "-" in piece
