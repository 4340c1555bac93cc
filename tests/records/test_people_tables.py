"""People in tables of documents: by their columns, and by the label over them."""

from __future__ import annotations

import pytest

from .layouts import codes, presented, record_of, session


def test_speakers_in_columns_of_tab_stops() -> None:
    record = session(
        "Speakers:\n\tOrla Sandpiper\tSenior Adviser\tOffice of Reefs\n\tAna Coral\tDirector\tReef Agency\n",
        "record.txt",
    )
    assert presented(record) == [
        ("speaker", "Orla Sandpiper", "Senior Adviser", "Office of Reefs"),
        ("speaker", "Ana Coral", "Director", "Reef Agency"),
    ]


def test_a_table_of_people_with_their_roles() -> None:
    record = session(
        "| Name | Role | Institution |\n|---|---|---|\n| Ana Coral | Speaker | Reef Agency |\n"
        "| Orla Sandpiper | Moderator | Sample Trust |\n"
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("speaker", "Ana Coral"),
        ("facilitator", "Orla Sandpiper"),
    ]


def test_a_table_of_positions_presents_speakers_whatever_stands_before_it() -> None:
    record = session(
        "| Contact | Wren Halcyon – wren@example.org |\n|---|---|\n\n"
        "| Name | Position | Organisation |\n|---|---|---|\n| Ana Coral | Director | Reef Agency |\n"
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("coordinator", "Wren Halcyon"),
        ("speaker", "Ana Coral"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "**Participants**\n\n| Name | Position | Organisation |\n|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency |",
        "**Who came**\n\n| Name | Position | Organisation |\n|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency |",
        "| Name | Position | Organisation | Signature |\n|---|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency | x |",
        "| Name | Organisation | E-mail |\n|---|---|---|\n| Shauna Quillfin | Reef Agency | sq@example.org |",
    ],
)
def test_a_list_of_participants_makes_nobody_a_speaker(table: str) -> None:
    record = session(f"| Contact | Wren Halcyon |\n|---|---|\n\n{table}")
    assert [person.name for person in record.people] == ["Wren Halcyon"]
    assert "unplaced-line" in codes(record)


@pytest.mark.parametrize("row", ["| Passcode | 4455 |", "| Passcode: | 4455xy |", "| Contraseña | 4455 |"])
def test_a_password_in_a_table_is_no_position(row: str) -> None:
    record = record_of(
        f"| Webinar 3 | Open books |\n|---|---|\n| Date | 14 May 2020, 10:30 |\n"
        f"| Moderator | Orla Sandpiper, Sample Trust |\n{row}\n"
    )
    assert presented(record) == [("facilitator", "Orla Sandpiper", "", "Sample Trust")]
    assert (record.number, record.title) == (3, "Open books")
    assert codes(record) == ["meeting-access-left-out"]


def test_a_column_of_speakers_says_what_they_are() -> None:
    record = session(
        "### Lo demás\n\n| Ponente | Cargo | País |\n|---|---|---|\n| Ana Coral | Directora | México |\n"
    )
    assert [(person.role, person.name, person.country) for person in record.people] == [
        ("speaker", "Ana Coral", "MX")
    ]


@pytest.mark.parametrize(
    "below",
    [
        "| Support | Shauna Quillfin |",
        "| Scribe | Shauna Quillfin |",
        "\n| # | Name | Village | Tel. |\n|---|---|---|---|\n| 1 | Shauna Quillfin | Corozal | 605-1212 |",
        "\n## Desarrollo\n\nShauna Quillfin comentó que no hay lanchas.",
        "\nThanks to Shauna Quillfin for the flyer.",
        "\nSe agradece la presencia de: Shauna Quillfin y los niños.",
    ],
)
def test_what_stands_below_a_table_of_labels_is_nobody_public(below: str) -> None:
    record = session(
        f"| Venue | Reef Hall, Belize City |\n|---|---|\n| Moderator | Orla Sandpiper |\n{below}"
    )
    assert presented(record) == [("facilitator", "Orla Sandpiper", "", "")]
    assert record.locality == "Belize City"
    assert "Quillfin" not in f"{record.people}{record.introduction}{record.locality}"


@pytest.mark.parametrize("heading", ["Speakers", "Attendance", "Desarrollo"])
@pytest.mark.parametrize("column", ["Community", "Village", "Tel.", "Signature", "Sex", "Cédula"])
def test_who_stands_in_a_table_with_what_is_nobodys_business(heading: str, column: str) -> None:
    record = session(
        f"## {heading}\n\n| Name | {column} |\n|---|---|\n| Ana Coral | 605-1212 |\n| Orla Sandpiper | x |\n"
    )
    public = heading == "Speakers" and column in ("Community", "Village", "Tel.")
    assert (
        presented(record)
        == [("speaker", "Ana Coral", "", ""), ("speaker", "Orla Sandpiper", "", "")] * public
    )
    assert "605-1212" not in f"{record.people}{record.introduction}{record.locality}"


@pytest.mark.parametrize("above", ["", "Speakers\n\n"])
def test_whoever_only_took_part_by_the_column_of_roles_is_left_out(above: str) -> None:
    record = session(
        f"{above}| Name | Position | Role |\n|---|---|---|\n| Orla Sandpiper | Director | Speaker |\n"
        "| Petronel Vask | Teacher | Participant |\n"
    )
    assert presented(record) == [("speaker", "Orla Sandpiper", "Director", "")]
    assert "Vask" not in repr([record.introduction, record.objective, record.audience])


def test_items_below_those_who_came_are_no_speakers() -> None:
    record = session("- Speakers\n- Orla Sandpiper\n- Participants\n- Petronel Vask\n- Wilmot Reef\n")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]


def test_a_speaker_of_whom_a_list_tells_what_she_asked_for() -> None:
    record = session(
        "Speakers:\n- Orla Sandpiper, Director, Reef Office. She asked for open budgets in 2010.\n"
        "- Wilmot Reef, Analyst, Lagoon Desk\n"
    )
    assert [person.name for person in record.people] == ["Orla Sandpiper", "Wilmot Reef"]


@pytest.mark.parametrize("count", ["No.", "#", "N.º"])
def test_a_column_that_counts_the_people_says_nothing_of_them(count: str) -> None:
    record = session(
        f"| {count} | Name | Position | Institution |\n|---|---|---|---|\n| 1 | Ana Coral | Director | Reef Agency |\n"
        "| 2. | Orla Sandpiper | Analyst | Sample Trust |\n"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Director", "Reef Agency"),
        ("speaker", "Orla Sandpiper", "Analyst", "Sample Trust"),
    ]
    assert "unplaced-line" not in codes(record)
