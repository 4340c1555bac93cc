"""Names are gone with the answer: no cache of the process keeps them."""

from __future__ import annotations

import gc

import pytest
from ckanext.opengovbelize.records.attendance import counts, doubts, people, reading
from ckanext.opengovbelize.statistics import figures

from .meetings import FORMS, Coming

# Turned round, so that no constant of this module is what is looked for.
DROWNED = "allenossub"
NAMES = (f"Orla {DROWNED[::-1]}", f"Bruno {DROWNED[::-1]} [Ceiba Club]", f"{DROWNED[::-1]}, Ana")


def _reads_and_counts(form) -> int:
    comings = [Coming(name, f"{name.split()[0].lower().strip(',')}@example.org") for name in NAMES]
    file = reading.read(form.data(comings if form.has_emails else [Coming(n) for n in NAMES]), file="a")
    everybody = people.merge({"1": [file]})
    figures.of_session(everybody, "1", [(), ("mode",)])
    doubts.of_people(everybody)
    return counts.counts(file)["unique_attendees"]


def _kept() -> list[str]:
    """Return the texts with the planted name that some container of this process holds."""
    gc.collect()
    found = []
    for holder in gc.get_objects():
        for held in gc.get_referents(holder):
            if isinstance(held, str) and len(held) < 500 and DROWNED[::-1] in held.casefold():
                found.append(held)
    return [text for text in found if text not in NAMES]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_nothing_of_a_file_stays_in_the_process(form):
    assert _reads_and_counts(form) == 3
    assert _kept() == []
