"""What goes into a proposal and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..records.attendance.people import People
from .cells import ASKED, MINUTES, MODE, MODES, Table
from .figures import Engagement
from .releases import Release
from .rows import Row

PRIMARY, SECONDARY = "primary", "secondary"


@dataclass(frozen=True)
class Session:
    """A session of which figures are to be published.

    Attributes:
        name: address of the webinar.
        modes: in which it could be attended; the other cannot occur.
        threshold: T of the disclosure control.
        registrations: whether its files list who registered.
        times: whether its files say when people came and went.
        chat: what its chat shows, where it was given.
    """

    name: str
    modes: tuple[str, ...] = MODES
    threshold: int = 10
    registrations: bool = False
    times: bool = False
    chat: Engagement | None = None


@dataclass(frozen=True)
class Request:
    """What the coordinator gives and wants.

    Attributes:
        people: everybody of all sessions, merged.
        sessions: the sessions whose files were given.
        series: address of the series, or empty.
        whole: whether the figures of the series as a whole are wanted: all its sessions' files were given together.
        dimensions: by which the figures are broken down, each crossed with mode where both modes can occur.
        crossings: pairs of dimensions that are crossed with one another.
        coarse: dimensions whose coarser categories are to be published.
        certificates: how many certificates were issued, where it is known.
        released: every table ever released of these sessions and of their series.
        seconds: how long the check may take, with all its attempts.
    """

    people: People
    sessions: tuple[Session, ...]
    series: str = ""
    whole: bool = False
    dimensions: tuple[str, ...] = (MODE, *ASKED, MINUTES)
    crossings: tuple[Table, ...] = ()
    coarse: frozenset[str] = frozenset()
    certificates: int | None = None
    released: tuple[Release, ...] = ()
    seconds: float = 60


@dataclass(frozen=True)
class Figure:
    """A row of the preview, for the coordinator's eyes only.

    Attributes:
        row: as it would be published.
        count: what was counted.
        why: ``primary`` (too small), ``secondary`` (would give a small one away), or empty where it is shown.
    """

    row: Row
    count: int | None
    why: str = ""


@dataclass(frozen=True)
class Refusal:
    """A breakdown that is not released, or not anew.

    Attributes:
        session: address of the webinar, or ``_T``.
        breakdown: which figures, as ``Cell.breakdown`` names them; empty for all.
        code: ``too-close`` to an earlier release, ``too-narrow``, ``infeasible``, ``out-of-time``, ``circle``.
        earlier: number of the release at which the figures stay, 0 for none.
    """

    session: str
    breakdown: str
    code: str
    earlier: int = 0


@dataclass(frozen=True)
class Remains:
    """How much of a breakdown is shown.

    Attributes:
        session: address of the webinar, or ``_T``.
        breakdown: as ``Cell.breakdown`` names it.
        shown: figures with a value.
        of: figures that there could be.
    """

    session: str
    breakdown: str
    shown: int
    of: int


@dataclass(frozen=True)
class Proposal:
    """What would be published.

    Attributes:
        figures: every row with what was counted.
        refusals: what is not released, and why.
        remains: what is left of each breakdown.
        offers: what may show more, in the order in which to try it: ``coarser:<dimension>``, ``totals``, ``hold``.
    """

    figures: tuple[Figure, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    remains: tuple[Remains, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """Return the table as it would be published."""
        return [figure.row for figure in self.figures]
