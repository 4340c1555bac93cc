"""What earlier records of a run will have published by the time that a later one has its turn.

Without it a dry run would call a webinar new once for each of its files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from . import identity, merge
from .identity import Facts
from .ledger import Said
from .plans.foreseen import ForeseenPlans
from .series import SeriesMatch


@dataclass
class Webinar:
    """One webinar as the records so far leave it.

    Attributes:
        package_id: its dataset, or None while it is only foreseen.
        facts: those of each record about it.
        said: what those records say.
        values: what it will show.
    """

    package_id: str | None
    facts: list[Facts] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    values: merge.Values = field(default_factory=dict)


@dataclass
class Foreseen:
    """The webinars of the records so far, by each of their keys, the series that they make, and the plans."""

    webinars: dict[tuple[str, str], Webinar] = field(default_factory=dict)
    series: list[SeriesMatch] = field(default_factory=list)
    plans: ForeseenPlans = field(default_factory=ForeseenPlans)

    def find(self, package_id: str | None, facts: Facts, address: str) -> Webinar | None:
        """Return the webinar that a record is about, if earlier records are about it too.

        The rule is that of ``identity.find``, to which a foreseen webinar is not there yet.
        """
        if package_id:
            return self.webinars.get(("package", package_id))
        if numbered := self.webinars.get(("number", facts.number_key)):
            return numbered
        for key in (("address", address), ("title-start", facts.title_start_key)):
            webinar = self.webinars.get(key)
            if webinar and any(identity.agree(facts, theirs) for theirs in webinar.facts):
                return webinar
        return None

    def note(self, webinar: Webinar, facts: Facts, address: str) -> None:
        """Keep a webinar for the records to come, by the keys of one more record about it."""
        webinar.facts.append(facts)
        keys = {
            "package": webinar.package_id,
            "number": facts.number_key,
            "address": address,
            "title-start": facts.title_start_key,
        }
        for kind, key in keys.items():
            if key:
                self.webinars.setdefault((kind, key), webinar)

    def note_series(self, series: SeriesMatch) -> None:
        """Keep a new series; only the record that makes it tells so."""
        if series not in self.series:
            self.series.append(replace(series, problems=()))
