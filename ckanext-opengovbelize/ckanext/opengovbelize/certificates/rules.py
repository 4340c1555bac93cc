"""Who has earned a certificate: the rule of a series, over everybody of all its sessions at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..records.attendance.people import People, Person, Presence
from . import naming

# Why no certificate of the series can be issued yet.
SESSIONS_MISSING, RULE_IMPOSSIBLE, LENGTH_UNKNOWN = "sessions-missing", "rule-impossible", "length-unknown"
# What the coordinator has to look at.
NO_TIMES, PUBLIC_ROLE, NO_NAME, ODD_NAME, SEVERAL_NAMES, SAME_NAME = (
    "no-times",
    "public-role",
    "no-name",
    "odd-name",
    "several-names",
    "same-name",
)


@dataclass(frozen=True)
class Rule:
    """What a series asks for.

    Attributes:
        planned: how many sessions it has; None: those whose files are given.
        needed: how many of them one must attend; None: all.
        share: the least share of a session's time in percent, for the session to count; None: being there is enough.
    """

    planned: int | None = None
    needed: int | None = None
    share: int | None = None


@dataclass(frozen=True)
class Session:
    """A session whose files are given; ``seconds`` is how long it was, None where that is not known."""

    name: str
    seconds: float | None = None


@dataclass(frozen=True)
class Refusal:
    """Why nobody can get a certificate yet; the numbers and names belong into its sentence."""

    code: str
    wanted: int = 0
    given: int = 0
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """What the coordinator has to look at about one person; ``sessions`` where it is about some of them."""

    code: str
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Earner:
    """Somebody who has earned a certificate, or may have.

    Attributes:
        key: file and row where this person is first named; stays the same when the same files are sent again.
        name: that the certificate would bear.
        names: every name of the person, as written.
        attended: the sessions that count.
        earned: whether the rule is met; False: it would be, were a session counted that the doubts name.
        doubts: what to look at.
    """

    key: str
    name: str
    names: tuple[str, ...]
    attended: tuple[str, ...]
    earned: bool
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, repr=False)
class Qualified:
    """The answer.

    Attributes:
        sessions: how many sessions count.
        needed: how many of them are needed.
        attended: how many people were in at least one.
        earners: who has earned a certificate, by name, and after them who may have.
        refusals: why none can be issued; then nobody has earned one.
    """

    sessions: int
    needed: int
    attended: int = 0
    earners: list[Earner] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def qualify(people: People, rule: Rule, sessions: Sequence[Session]) -> Qualified:
    """Tell who has earned a certificate.

    Args:
        people: everybody of all sessions, merged.
        rule: of the series.
        sessions: those whose files are given.
    """
    total = max(rule.planned or 0, len(sessions))
    needed = rule.needed or total
    refusals = list(_refusals(rule, sessions, needed))
    if refusals:
        return Qualified(total, needed, refusals=refusals)
    lengths = {session.name: session.seconds for session in sessions}
    present = [person for person in people.people if _attended(person, lengths)]
    taken: dict[str, int] = {}
    found: list[Earner] = []
    for person in present:
        key = _key(person, taken)
        if earner := _earner(key, person, rule, lengths, needed):
            found.append(earner)
    found = _with_namesakes(found)
    found.sort(key=lambda earner: (not earner.earned, naming.order(earner.name)))
    return Qualified(total, needed, len(present), found)


def _refusals(rule: Rule, sessions: Sequence[Session], needed: int) -> list[Refusal]:
    wanted = rule.planned or 1
    found = []
    if len(sessions) < wanted:
        found.append(Refusal(SESSIONS_MISSING, wanted=wanted, given=len(sessions)))
    if needed > max(wanted, len(sessions)):
        found.append(Refusal(RULE_IMPOSSIBLE, wanted=needed, given=max(wanted, len(sessions))))
    unknown = tuple(session.name for session in sessions if rule.share and not session.seconds)
    if unknown:
        found.append(Refusal(LENGTH_UNKNOWN, sessions=unknown))
    return found


def _attended(person: Person, sessions: Collection[str]) -> bool:
    return any(presence.joined for session, presence in person.presence.items() if session in sessions)


def _earner(
    key: str, person: Person, rule: Rule, lengths: Mapping[str, float | None], needed: int
) -> Earner | None:
    counted, timeless = [], []
    for session, seconds in lengths.items():
        presence = person.presence.get(session)
        if presence is None or not presence.joined:
            continue
        if rule.share and _is_timeless(presence):
            timeless.append(session)
            counted.append(session)
        elif not rule.share or _share(presence, seconds) >= rule.share:
            counted.append(session)
    # Hosts, panelists and speakers are no participants of their session, but they were there.
    own = {session for session, _file, _row in person.rows}
    in_public_role = [session for session in lengths if session in own and session not in person.presence]
    earned = len(counted) >= needed
    if not earned and len(counted) + len(in_public_role) < needed:
        return None
    name = naming.best(person.names)
    doubts = [Doubt(NO_TIMES, tuple(timeless))] if timeless else []
    if not earned:
        doubts.append(Doubt(PUBLIC_ROLE, tuple(in_public_role)))
    if not name:
        doubts.append(Doubt(NO_NAME))
    elif naming.is_odd(name):
        doubts.append(Doubt(ODD_NAME))
    if naming.differ(person.names):
        doubts.append(Doubt(SEVERAL_NAMES))
    names = tuple(dict.fromkeys(filter(None, map(naming.as_printed, person.names))))
    return Earner(key, name, names, tuple(counted), earned, tuple(doubts))


def _is_timeless(presence: Presence) -> bool:
    return presence.seconds is None or not presence.has_times


def _share(presence: Presence, length: float | None) -> float:
    # To the thousandth: 45 of 90 minutes are half of it, whatever binary fractions make of it.
    return round(100 * (presence.seconds or 0) / length, 3) if length else 0


def _key(person: Person, taken: dict[str, int]) -> str:
    """Return file and row of a person; the second one at the same computer gets a number."""
    _session, file, row = person.rows[0]
    key = f"{file}:{row}"
    taken[key] = taken.get(key, 0) + 1
    return key if taken[key] == 1 else f"{key}:{taken[key]}"


def _with_namesakes(earners: list[Earner]) -> list[Earner]:
    seen: dict[str, int] = {}
    for earner in earners:
        folded = naming.order(earner.name)
        seen[folded] = seen.get(folded, 0) + 1
    return [
        earner
        if not earner.name or seen[naming.order(earner.name)] == 1
        else Earner(
            earner.key,
            earner.name,
            earner.names,
            earner.attended,
            earner.earned,
            (*earner.doubts, Doubt(SAME_NAME)),
        )
        for earner in earners
    ]
