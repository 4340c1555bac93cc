"""Records in the layouts of different offices."""

from __future__ import annotations

import time

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord
from hypothesis import given, settings
from hypothesis import strategies as st


def record_of(text: str, file: str = "record.md") -> SessionRecord:
    (record,) = read(text.encode(), file=file)
    return record


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


@pytest.mark.parametrize(
    ("line", "number", "title", "series"),
    [
        ("Webinar 1: Open books", 1, "Open books", ""),
        ("# Session No. 2 - Open books", 2, "Open books", ""),
        ("**Sesión 3 (de 4): “Libros abiertos”**", 3, "Libros abiertos", ""),
        ("Third webinar: Open books", 3, "Open books", ""),
        ("Primer seminario web – Libros abiertos", 1, "Libros abiertos", ""),
        ("Ecosystem series – Webinar II: Open books", 2, "Open books", "Ecosystem series"),
        ("Webinar 4: Open books (Steering Committee series)", 4, "Open books", "Steering Committee series"),
        ("Title: Webinar 5: Open books", 5, "Open books", ""),
        ("Title: Open books\nNumber: 6", 6, "Open books", ""),
        ("| Webinar | 6 - Open books |\n|---|---|", 6, "Open books", ""),
        ("| Sesión | 6 | Open books |\n|---|---|---|", 6, "Open books", ""),
        ("Webinar 1024: Open books", 1024, "Open books", ""),
        ("Session No. 1001 of 1200 - Open books", 1001, "Open books", ""),
        ("Title: Open books\nNumber: 1024", 1024, "Open books", ""),
        ("| Sesión | 1024 | Open books |\n|---|---|---|", 1024, "Open books", ""),
        ("# Webinar 2020: Open books", None, "Webinar 2020: Open books", ""),
        ("# Session 12345: Open books", None, "Session 12345: Open books", ""),
        ("Title: Open books\nNumber: 2020", None, "Open books", ""),
        ("Webinar: 3 ways to publish", None, "3 ways to publish", ""),
        ("Webinar 7\n\nOpen books", 7, "Open books", ""),
        ("Open books\n==========", None, "Open books", ""),
    ],
)
def test_number_title_and_series(line: str, number: int | None, title: str, series: str) -> None:
    record = record_of(f"{line}\n\nDate: 14 May 2020, 10:30 AM\n")
    assert (record.number, record.title, record.series) == (number, title, series)
    assert record.start is not None


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Objective", "objective"),
        ("OBJECTIVES", "objective"),
        ("Aim of the session", "objective"),
        ("Propósito", "objective"),
        ("Rationale", "rationale"),
        ("Background and rationale", "rationale"),
        ("Justificación", "rationale"),
        ("About the session", "introduction"),
        ("Descripción", "introduction"),
    ],
)
@pytest.mark.parametrize(
    "layout",
    [
        "{}:\n\n{}",
        "{}: {}",
        "## {}\n{}",
        "**{}**\n\n{}",
        "**{}:** {}",
        "| {} | {} |",
        "{} – {}",
        "- **{}** {}",
    ],
)
def test_labels_in_every_dress(label: str, field: str, layout: str) -> None:
    text = "To count the boats of the lagoon."
    before = "| Date | 14 May 2020 |\n|---|---|\n" if layout.startswith("|") else ""
    record = record_of(f"# Webinar 1: Boats\n\n{before}{layout.format(label, text)}\n")
    assert getattr(record, field) == text
    assert "unplaced-line" not in codes(record)


@pytest.mark.parametrize(
    "lines",
    [
        "Solana Reedwater\nBudget Analyst\nGovernment of Coralia",
        "**Speakers**\n\n- **Solana Reedwater**, Budget Analyst, Government of Coralia",
        "Speaker: Solana Reedwater, Budget Analyst of the Government of Coralia",
        "Presenters:\n1. Ms. Solana Reedwater – Budget Analyst, Government of Coralia",
        "## Panel\n\n### Solana Reedwater\nBudget Analyst\n\nGovernment of Coralia",
        "Speakers\n\nName: Solana Reedwater\nPosition: Budget Analyst\nOrganisation: Government of Coralia",
        "## Speakers\n\n| Name | Title | Institution |\n|---|---|---|\n| Solana Reedwater | Budget Analyst | Government of Coralia |",
        "Ponente: Solana Reedwater (Budget Analyst, Government of Coralia)",
        "**SOLANA REEDWATER**\n\nBudget Analyst\n\nGovernment of Coralia",
        "Presented by Solana Reedwater, Budget Analyst at the Government of Coralia",
    ],
)
def test_a_speaker_in_every_dress(lines: str) -> None:
    record = record_of(
        f"# Webinar 1: Boats\n\n14 May 2020, 10:30 - 12:00\n\n{lines}\n\nObjective: To count.\n"
    )
    (person,) = record.people
    assert (person.role, person.name.title()) == ("speaker", "Solana Reedwater")
    assert (person.position, person.affiliation) == ("Budget Analyst", "Government of Coralia")
    assert record.objective == "To count."
    assert codes(record) == []


@pytest.mark.parametrize(
    "biographies",
    [
        "## Biographies\n\n### Solana Reedwater\n\nShe counts boats.\n\n### Óscar Peñafiel\n\nHe counts fish.",
        "**Speakers BIOs:** **Solana Reedwater**\n\nShe counts boats.\n\nOSCAR PEÑAFIEL\n\nHe counts fish.",
        "About the speakers\n\n**Solana Reedwater:** She counts boats.\n\n**Oscar Penafiel** – He counts fish.",
        "BIOS\n\nSolana Reedwater: She counts boats.\nÓscar Peñafiel: He counts fish.",
        "Semblanzas:\n\nSolana Reedwater, Analyst\n\nShe counts boats.\n\nÓscar Peñafiel, Analyst\n\nHe counts fish.",
    ],
)
def test_biographies_find_their_people(biographies: str) -> None:
    speakers = "Speakers: Solana Reedwater (Reef Club); Óscar Peñafiel (Reef Club)"
    record = record_of(f"# Webinar 1: Boats\n\n14 May 2020, 10:30 - 12:00\n\n{speakers}\n\n{biographies}\n")
    assert [(person.name, person.biography) for person in record.people] == [
        ("Solana Reedwater", "She counts boats."),
        ("Óscar Peñafiel", "He counts fish."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Facilitated by Orla Sandpiper, Specialist of the Department of Boats of the Organization of Sample States",
        "MODERATOR: Orla Sandpiper, Specialist of the Department of Boats, Organization of Sample States",
        "Moderada por Orla Sandpiper, Specialist of the Department of Boats at the Organization of Sample States",
    ],
)
def test_the_facilitator(line: str) -> None:
    (person,) = record_of(f"# Webinar 1: Boats\n\n{line}\n").people
    assert (person.role, person.name) == ("facilitator", "Orla Sandpiper")
    assert person.position == "Specialist of the Department of Boats"
    assert person.affiliation == "Organization of Sample States"


@pytest.mark.parametrize(
    "lines",
    [
        "Coordination team:\n\nMs. Wren Halcyon w@example.org and Mr. Tobias Marlin t@example.org",
        "**Contacts**\n\n- Wren Halcyon (w@example.org)\n- Tobias Marlin (t@example.org)",
        "Equipo de coordinación: Wren Halcyon – w@example.org; Tobias Marlin – t@example.org",
        "For more information contact Wren Halcyon at w@example.org or Tobias Marlin at t@example.org",
        "Local coordinators\n\nWren Halcyon\nw@example.org\n\nTobias Marlin\nt@example.org",
    ],
)
def test_coordinators_with_their_addresses(lines: str) -> None:
    record = record_of(f"# Webinar 1: Boats\n\n{lines}\n")
    assert [(person.role, person.name, person.email) for person in record.people] == [
        ("coordinator", "Wren Halcyon", "w@example.org"),
        ("coordinator", "Tobias Marlin", "t@example.org"),
    ]


@pytest.mark.parametrize(
    ("lines", "venue", "locality", "district", "mode"),
    [
        ("Venue: BTEC, Belize City", "BTEC", "Belize City", "BZ-BZ", ""),
        ("Where: CITO training room, Belmopan, Belize", "CITO training room", "Belmopan", "BZ-CY", ""),
        (
            "Lugar: Casa de la Cultura, Ciudad de Belice\nModalidad: presencial",
            "Casa de la Cultura",
            "Belize City",
            "BZ-BZ",
            "in-person",
        ),
        ("Venue: Online (Zoom)", "", "", "", "online"),
        (
            "Venue: Town Hall\nTown: Dangriga\nMode: in person and online",
            "Town Hall",
            "Dangriga",
            "BZ-SC",
            "hybrid",
        ),
        (
            "Place: Town Hall and via Zoom\nDistrict: Orange Walk",
            "Town Hall",
            "",
            "BZ-OW",
            "hybrid",
        ),
    ],
)
def test_where_and_how(lines: str, venue: str, locality: str, district: str, mode: str) -> None:
    record = record_of(f"Title: Boats\nDate: 14 May 2020, 10:30\n{lines}\n", "record.txt")
    assert (record.venue_name, record.locality, record.district, record.mode) == (
        venue,
        locality,
        district,
        mode,
    )


def test_a_chat_without_a_label_never_becomes_a_biography() -> None:
    record = record_of(
        "Webinar 1: Boats\n\nSpeaker: Solana Reedwater\n\nBiographies\n\nSolana Reedwater\n\nShe counts boats.\n\n"
        "Orla :welcome\nAna Coral:hello\nOrla :we begin\nAna Coral:how many boats?\nBen:hi\n",
        "record.txt",
    )
    assert record.people[0].biography == "She counts boats."
    assert [message.author for message in record.messages] == [
        "Orla",
        "Ana Coral",
        "Orla",
        "Ana Coral",
        "Ben",
    ]


def test_a_paragraph_torn_by_a_page_is_whole_again() -> None:
    record = record_of(
        "# Webinar 1: Boats\n\nRationale:\n\nShe comes from\n\nthe Lagoon. She stays.\n\nIt is far.\n"
    )
    assert record.rationale == "She comes from the Lagoon. She stays.\n\nIt is far."


def test_two_sessions_in_one_document() -> None:
    first, second = read(
        b"# Sample series\n\n## Webinar 1: Boats\nDate: 13 May 2020, 10:30\n\n### Chat\nAna: Webinar 2: is when?\n\n"
        b"## Webinar 2: Nets\nDate: 20 May 2020, 10:30\nObjective: To mend.\n",
        file="both.md",
    )
    assert [(record.number, record.title, record.series) for record in (first, second)] == [
        (1, "Boats", "Sample series"),
        (2, "Nets", "Sample series"),
    ]
    assert (len(first.messages), len(second.messages)) == (1, 0)
    assert (first.objective, second.objective) == ("", "To mend.")


def test_short_values_of_a_header() -> None:
    record = record_of(
        "Title: Boats (postponed)\nSeries: Sample series\nAudience: fishers\nLanguages: English and Spanish\n"
        "Topics: Open data; Water\nInvented: yes\nPublic page: https://program.example.org/boats\n"
        "Organised by: the Sample Trust, with the support of the Sample Embassy\n"
        "Facebook: @Boats\nStart: 2020-05-14T10:30:00-06:00\nEnd: 2020-05-14T12:00:00-06:00\n",
        "record.txt",
    )
    assert (record.title, record.status, record.audience) == ("Boats", "postponed", "fishers")
    assert (record.languages, record.topics, record.invented) == (["en", "es"], ["Open data", "Water"], True)
    assert record.address == "https://program.example.org/boats"
    assert (record.organisers, record.funders) == ("Sample Trust", "Sample Embassy")
    assert record.end and record.end.isoformat() == "2020-05-14T12:00:00-06:00"


def test_who_hosts_and_who_helps_are_all_organisers() -> None:
    record = record_of(
        "# Webinar 1: Boats\n\nPartners: Reef Trust\n\nHost: Town Council of Dangriga\n\nOrganised by: the Reef Trust\n"
    )
    assert record.organisers == "Reef Trust; Town Council of Dangriga"


def test_materials_without_an_address_are_named_and_told() -> None:
    record = record_of(
        "# Webinar 1: Boats\n\n[SLIDES](https://data.example.org/1.pdf)\n\n[SLIDES](#)\n\n[VIDEO](javascript:x)\n\n"
        "Presentation: https://data.example.org/2.pdf\n\nRecording: to be uploaded\n"
    )
    assert [(material.kind, material.url, material.title) for material in record.materials] == [
        ("presentation", "https://data.example.org/1.pdf", "Slides 1"),
        ("presentation", "", "Slides 2"),
        ("video", "", "Video"),
        ("presentation", "https://data.example.org/2.pdf", "Presentation"),
        ("video", "", "Recording"),
    ]
    assert [(problem.code, problem.place) for problem in record.problems if problem.field == "resources"] == [
        ("material-without-address", "line 5"),
        ("material-without-address", "line 7"),
        ("material-without-address", "line 11"),
    ]


def test_what_belongs_nowhere_is_told_by_its_place() -> None:
    record = record_of(
        "# Webinar 1: Boats\n\nDate: 14 May 2020, 10:30\n\n## Agenda\n\nCoffee\n\nMore coffee\n"
    )
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("unplaced-line", "line 5"),
        ("unplaced-line", "line 7"),
        ("unplaced-line", "line 9"),
    ]


def test_a_name_behind_another_label_presents_nobody() -> None:
    record = record_of(
        "# Webinar 1: Boats\n\n14 May 2020, 10:30\n\n| Position | Ana Coral |\n|---|---|\n\nDirector of Reefs\n"
    )
    assert (record.people, codes(record)) == ([], ["unplaced-line", "unplaced-line"])


def test_essentials_that_are_missing() -> None:
    assert codes(record_of("Webinar 1: Boats")) == ["date-missing"]
    nothing = record_of("Date: 14 May 2020, 10:30")
    assert [(problem.code, problem.rejects) for problem in nothing.problems] == [("title-missing", True)]


def test_hours_of_chat_are_read_in_linear_time() -> None:
    def seconds(lines: int) -> float:
        chat = "".join(
            f"Person {n % 90}: hello: this is line {n}, what do you think?\n" for n in range(lines)
        )
        began = time.process_time()
        record = record_of(f"Webinar 1: Boats\n\nChat:\n{chat}")
        assert len(record.messages) == lines
        return time.process_time() - began

    # Four times the lines, and not sixteen times the time.
    assert seconds(8000) < 9 * seconds(2000) + 1


def test_a_long_line_of_capitals_among_speakers_is_read_in_linear_time() -> None:
    def seconds(words: int) -> float:
        began = time.process_time()
        record_of("Webinar 1: Boats\n\nSpeakers:\n\n" + f"- {'Reef ' * words}\n" * 8)
        return time.process_time() - began

    # Four times the words, and not sixteen times the time.
    assert seconds(3_600) < 8 * seconds(900)


PIECES = st.one_of(
    st.sampled_from(
        [
            "# Webinar 1: Boats", "Date: 14 May 2020, 10:30", "Objective:", "## Chat", "Ana: hi", "---", "| a | b |\n|---|---|",
            "**Speakers**", "Ana Coral, Analyst", "https://example.org", "[x](#)", "- item", "", "\t", "<div>", "```",
            "10:00:00 From Ana to Everyone:", "Facilitated by Ana Coral", "Biographies", "Webinar 2: Nets", "13/02/2020",
            "Q: how many?", "A (Ana Coral): four", "Ana Coral, Analyst, https://example.org", "[Ana Coral](https://example.org)",
            "| Question | Answer |\n|---|---|\n| a | b |", "Website: https://example.org", "Number: 2020",
        ]
    ),
    st.text(max_size=60),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_reading_never_raises_and_always_says_something(pieces: list[str], file: str) -> None:
    records = read("\n".join(pieces).encode("utf-8", "surrogatepass"), file=file)
    assert records
    for record in records:
        assert record.title or record.belongs or any(problem.rejects for problem in record.problems)
        assert record.start is None or record.end is None or record.start < record.end
        assert all(problem.file == file for problem in record.problems)
        assert all(link.url.lower().startswith(("https://", "http://")) for link in record.links)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.docx", "a.html"]))
def test_no_bytes_are_too_odd(data: bytes, file: str) -> None:
    assert read(data, file=file)


@pytest.mark.parametrize("label", ["**Planned sessions:** 3", "Sesiones previstas: tres (3)"])
def test_the_number_of_planned_sessions_is_no_status(label: str) -> None:
    record = record_of(f"# Webinar 1: Open books\n\nDate: 14 May 2020, 10:30 AM\n\n{label}\n")
    assert (record.planned_sessions, record.status) == (3, "")


@pytest.mark.parametrize(
    ("times", "is_chat"), [(("10:01", "10:02", "10:02"), True), (("10:00", "10:30", "11:00"), False)]
)
def test_timed_lines_of_people_are_a_chat_where_minutes_part_them_and_an_agenda_where_more_do(
    times: tuple[str, ...], is_chat: bool
) -> None:
    names = ("Petronel Vask", "Ana Coral", "Wally Bridges")
    lines = "\n".join(f"{at} {name}: Who mends the nets?" for at, name in zip(times, names, strict=True))
    record = record_of(f"Webinar 2: Fish\nDate: 7 May 2020\nSpeakers: Ana Coral\n\n{lines}\n", "a.txt")
    assert [message.author for message in record.messages] == (list(names) if is_chat else [])


@pytest.mark.parametrize(
    "above",
    [
        "[Draft] River Series\n",
        "[Draft], River Series\n",
        "[Home](https://site.example.org) | [News](https://site.example.org/n)\n\n",
        "{% page %}\n",
    ],
)
def test_a_record_that_begins_with_a_bracket_is_no_table(above: str) -> None:
    text = (
        above
        + "Webinar 3: Boats, nets, rivers\nDate: 7 May 2020, 10:00 AM\nSpeaker: Orla Sandpiper, Director, Reef Office\n"
    )
    (record,) = read(text.encode(), file="s.txt")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]


def test_a_chat_whose_times_stand_in_brackets_is_no_table() -> None:
    text = "".join(
        f"[7/5/20, 10:3{at}:02] {said}\n"
        for at, said in enumerate(
            ("Orla Sandpiper: hello", "Petronel Vask: who pays?", "Orla Sandpiper: the state")
        )
    )
    (record,) = read(text.encode(), file="chat.txt")
    assert (record.belongs, len(record.messages)) == ("chat", 3)
