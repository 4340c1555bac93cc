"""The rows of a published table: one count each, in the columns that everybody gets."""

from __future__ import annotations

from dataclasses import dataclass

# SDMX CL_OBS_STATUS: a normal value; a value that is suppressed; one that cannot exist; one that was not collected.
SHOWN, WITHHELD, CANNOT_OCCUR, NOT_COLLECTED = "A", "Q", "M", "L"


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        series: address of the series, or empty.
        session: address of the webinar, or ``_T`` for the series as a whole.
        mode: ``in-person``, ``online`` or ``_T``.
        dimension_1: by what the figure is broken down besides mode, or empty.
        category_1: its category.
        dimension_2: a second dimension, or empty.
        category_2: its category.
        measure: what is counted.
        value: the count, or None where none is published.
        status: why, a code of SDMX's CL_OBS_STATUS.
        release: number of the release that published it.
    """

    series: str
    session: str
    mode: str
    dimension_1: str
    category_1: str
    dimension_2: str
    category_2: str
    measure: str
    value: int | None
    status: str
    release: int
