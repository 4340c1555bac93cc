"""What stands around people in public roles: it makes nobody else public, and is nothing of theirs."""

from __future__ import annotations

import pytest

from .layouts import codes, presented, record_of, session


def test_what_stands_below_a_list_of_people_is_no_biography() -> None:
    record = session(
        "The session will be facilitated by Ms. Orla Sandpiper, Programme Officer at the Sample Trust.\n\n"
        "Our speakers are:\n\n• Ana Coral, Director, Reef Agency\n\nKindly confirm that you come by Wednesday of this week."
    )
    assert presented(record) == [
        ("facilitator", "Orla Sandpiper", "Programme Officer", "Sample Trust"),
        ("speaker", "Ana Coral", "Director", "Reef Agency"),
    ]
    assert not any(person.biography for person in record.people)


def test_a_person_under_another_label_is_no_office_of_the_one_above() -> None:
    record = session(
        "Speakers:\n\nAna Coral\nFellow, Reef Agency\n\nDiscussant: wally the diver\n\nInterpreter: Yolanda Ixchel\n",
        "a.txt",
    )
    assert presented(record) == [("speaker", "Ana Coral", "Fellow", "Reef Agency")]
    assert codes(record) == ["unplaced-line", "unplaced-line"]


def test_an_item_that_names_nobody_is_no_office_of_the_item_above() -> None:
    record = session(
        "Speakers\n\n- Ana Coral, Analyst, Reef Agency\n- the diver of the year\n- Orla Tern, Director\n"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Analyst", "Reef Agency"),
        ("speaker", "Orla Tern", "Director", ""),
    ]
    assert "unplaced-line" in codes(record)


def test_a_registration_page_is_no_office() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nFacilitator: Ana Coral\n\nRegistration: https://forms.example.org/3\n"
    )
    assert presented(record) == [("facilitator", "Ana Coral", "", "")]


def test_what_is_noted_behind_a_name_is_no_office() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nLocal coordination: Ms. Ana Coral a@example.org and Mr. Orla Reef (no longer here)\n"
    )
    assert [(one.name, one.position, one.affiliation) for one in record.people] == [
        ("Ana Coral", "", ""),
        ("Orla Reef", "", ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "NOTE TAKER: Shauna Quillfin",
        "author: Shauna Quillfin",
        "Contact for registration: Shauna Quillfin, 620-0103",
        "Intérprete: Shauna Quillfin",
        "Minutes taken by Shauna Quillfin",
        "Attended by: Shauna Quillfin, Petra Kingfisher",
    ],
)
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_whom_another_label_names_below_a_facilitator_is_nobody_public(line: str, apart: str) -> None:
    record = session(f"Chair: Orla Sandpiper{apart}{line}", "record.txt")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "Quillfin" not in repr(record.people)


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("Secretary: Coast Office", "Secretary: Coast Office"),
        ("**Secretary:** Coast Office", "Secretary: Coast Office"),
        ("Secretary: Shauna Quillfin", ""),
        ("Secretary: Shauna", ""),
        ("Catering: Coast Office", ""),
    ],
)
def test_a_label_of_staff_before_an_office_is_the_position_of_the_name_above(
    line: str, position: str
) -> None:
    record = session(f"## Speakers\n\nPia Coral\n{line}\n\nOrla Tern\nDirector: Reef Office")
    assert [(one.name, one.position) for one in record.people] == [
        ("Pia Coral", position),
        ("Orla Tern", "Director: Reef Office"),
    ]
    assert ("Shauna" in repr(record), codes(record)) == (False, [] if position else ["unplaced-line"])


def test_comments_below_a_host_are_no_more_hosts() -> None:
    record = session(
        "Host: Orla Sandpiper (Sample Trust)\n\nWhat people wrote\nShauna Quillfin: when will it be out?\nPetra Kingfisher: Great\n",
        "record.txt",
    )
    assert presented(record) == [("host", "Orla Sandpiper", "", "Sample Trust")]


def test_a_sentence_on_the_session_is_no_biography_of_the_host_above() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><dl><dt>Date</dt><dd>14 May 2020, 10:30</dd><dt>Host</dt><dd>Orla Sandpiper,"
        " Sample Trust</dd></dl><p>The session explained how a budget is read, and who may ask for what.</p>"
    )
    record = record_of(page, "record.html")
    assert (record.people[0].biography, record.introduction[:21]) == ("", "The session explained")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Facilitators:\n\nOrla Reef, Director, Coast Office\n\nBelize\n\nPia Coral, Clerk, Town Office",
            ["Orla Reef", "Pia Coral"],
        ),
        (
            "Hosts:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nPia Coral, Clerk, Town Office",
            ["Orla Reef", "Pia Coral"],
        ),
        ("Hosts:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nShauna Quillfin: why?", ["Orla Reef"]),
        (
            "Host:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nShauna Quillfin, Clerk, Town Office",
            ["Orla Reef"],
        ),
    ],
)
def test_who_stands_below_a_short_line_under_one_role(text: str, found: list[str]) -> None:
    assert [person.name for person in session(text, "record.txt").people] == found


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (". She left early because her son was sick and she had to go home at once.", "line 4"),
        (", Analyst, Reef Office. She left before the end.", "line 4"),
        ("\n\nShe was late.", "line 6"),
        (", who left early to see her daughter.", "line 4"),
        ("\nSe disculpó por llegar tarde.", "line 5"),
    ],
)
def test_what_somebody_did_in_the_session_is_neither_office_nor_biography(lines: str, told: str) -> None:
    record = session(f"Moderator: Orla Sandpiper{lines}", "a.txt")
    (person,) = record.people
    assert (person.role, person.name, person.biography) == ("facilitator", "Orla Sandpiper", "")
    assert person.position in ("", "Analyst")
    assert [(problem.code, problem.place) for problem in record.problems] == [("unplaced-line", told)]


BOTH = [
    ("facilitator", "Orla Sandpiper", "Analyst", "Reef Office"),
    ("facilitator", "Ana Coral", "Head", "Coast Office"),
]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Facilitators:", "{}", "Belize", "{}", "Canada"], BOTH),
        (["Facilitators", "First day", "{}", "Second day", "{}"], BOTH),
        (["Facilitators:", "{}", "Helpers of the day", "{}"], BOTH[:1]),
        (["Facilitator:", "{}", "Helpers", "{}"], BOTH[:1]),
    ],
)
def test_facilitators_on_lines_without_a_blank_line_between(lines: list[str], found: list) -> None:
    people = iter(["Orla Sandpiper, Analyst, Reef Office", "Ana Coral, Head, Coast Office"])
    text = "\n".join(next(people) if line == "{}" else line for line in lines)
    record = session(f"{text}\n", "a.txt")
    assert presented(record) == found
    assert "Coast" not in record.introduction


def test_somebody_below_the_heading_of_others_is_no_introduction_however_long_the_line() -> None:
    helper = "Ana Coral, Head of the Department of Boats, Coast Office of Corales"
    record = session(f"Facilitator: Orla Sandpiper, Analyst, Reef Office\n\nHelpers\n\n{helper}\n", "a.txt")
    assert "Ana Coral" not in repr(record)


@pytest.mark.parametrize(
    "below",
    [
        '\n\n**What people said**\n\n"A fine talk" - Shauna Quillfin\n',
        '\n\nFeedback received\n\n- "A fine talk" - Shauna Quillfin\n',
    ],
)
def test_what_stands_below_a_heading_that_nobody_knows_is_not_of_the_speaker_above(below: str) -> None:
    told = "Orla has counted boats for twelve years, and she teaches how to count them."
    record = session(f"Speaker: Orla Sandpiper, Analyst, Reef Office\n\n{told}{below}")
    (person,) = record.people
    assert (person.position, person.affiliation, person.biography) == ("Analyst", "Reef Office", told)
    assert "Quillfin" not in repr(record)


@pytest.mark.parametrize(
    "footer",
    ["©2020 by Reef Program. Designed by Jasper Olm.", "Website designed by Jasper Olm", "Powered by Reef"],
)
def test_the_foot_of_a_page_is_nobodys_office(footer: str) -> None:
    record = session(f"## Presenter\n\nOrla Sandpiper\n\nCartographer, Survey Office\n\n{footer}\n")
    assert presented(record) == [("speaker", "Orla Sandpiper", "Cartographer", "Survey Office")]
    assert codes(record) == ["beside-main-content"]


@pytest.mark.parametrize(
    "below",
    [
        "15 March 2024, 10:00 AM", "registered 15 March 2024", "orla@example.org", "+501 600 1234", "Belmopan", "Present",
    ],
)  # fmt: skip
def test_a_name_over_what_is_no_office_is_nobody_who_speaks(below: str) -> None:
    record = session(f"Nets for all\n14 March 2024, 10:00 AM\n\nOrla Sandpiper\n{below}\n", "record.txt")
    assert not record.people


@pytest.mark.parametrize(
    "heading", ["Apologies received", "Signed", "Yours sincerely,", "Disculpas recibidas"]
)
def test_who_stands_below_apologies_or_signs_has_no_role(heading: str) -> None:
    record = session(
        f"Nets for all\n14 March 2024, 10:00 AM\n\n{heading}\n\nOrla Sandpiper\nClerk\nReef Office\n",
        "record.txt",
    )
    assert not record.people


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_line_with_a_time_below_speakers_says_nothing_of_them(between: str) -> None:
    record = session(
        between.join(
            [
                "Speakers: Ana Coral, Orla Tern",
                "",
                "10:00 Petronel Vask: Opening words",
                "10:40 Wally Bridges",
                "Closing words",
            ]
        ),
        "a.txt",
    )
    assert presented(record) == [("speaker", "Ana Coral", "", ""), ("speaker", "Orla Tern", "", "")]
    assert not any(person.biography for person in record.people)


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
@pytest.mark.parametrize("heading", ["", "Signed up\n", "\nSigned up\n\n"])
def test_a_list_of_people_below_a_speaker_who_is_not_in_it_gives_nobody_a_role(
    heading: str, file: str
) -> None:
    record = session(
        f"Speaker: Ana Coral, Fellow\n{heading}1. Petronel Vask, Reef Bank\n2. Wally Bridges, Reef Bank\n",
        file,
    )
    assert [person.name for person in record.people] == ["Ana Coral"]


@pytest.mark.parametrize(
    "listed",
    ["- Orla Tern, Clerk\n", "**Panel**\n\n- Orla Tern, Clerk\n", "### Panel\n\n- Orla Tern, Clerk\n"],
)
def test_a_list_that_a_label_or_a_heading_promises_goes_on_with_the_speakers(listed: str) -> None:
    record = session(f"Speakers: Ana Coral, Fellow\n\n{listed}")
    assert presented(record) == [
        ("speaker", "Ana Coral", "Fellow", ""),
        ("speaker", "Orla Tern", "Clerk", ""),
    ]


@pytest.mark.parametrize(
    "below", ["Next steps\n\nPetronel Vask to send slides", "Poll results\nPetronel Vask 5"]
)
def test_what_stands_below_speakers_on_one_line_says_nothing_of_the_last(below: str) -> None:
    record = session(f"Speakers: Ana Coral, Orla Tern\n\n{below}\n")
    assert presented(record) == [("speaker", "Ana Coral", "", ""), ("speaker", "Orla Tern", "", "")]


def test_sentences_between_the_items_of_a_list_part_no_speaker_from_it() -> None:
    record = session("Speakers:\n\n- Ana Coral, Fellow\n\nAna counts the fish.\n\n- Orla Tern, Clerk\n")
    assert presented(record) == [
        ("speaker", "Ana Coral", "Fellow", ""),
        ("speaker", "Orla Tern", "Clerk", ""),
    ]


def test_a_second_list_that_a_line_announces_gives_nobody_a_role() -> None:
    record = session(
        "Speakers:\n\n- Ana Coral, Fellow\n\nThese people have signed up for it\n\n- Petronel Vask, Reef Bank\n"
    )
    assert presented(record) == [("speaker", "Ana Coral", "Fellow", "")]
