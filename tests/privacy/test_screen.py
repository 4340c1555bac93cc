"""The whole screen: nothing private comes out, and nothing public is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from ckanext.opengovbelize.privacy.hashing import phrase_hash
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.problems import Problem
from ckanext.opengovbelize.records.session import Link, Material, Person, SessionRecord

from .conftest import KEY, POLICY, make_record
from .screened import codes, output, published, waiting


class TestHeader:
    def test_fields_have_the_schemas_names(self) -> None:
        zone = timezone(timedelta(hours=-6))
        record = make_record(
            number=1,
            introduction="How budgets are read.",
            start=datetime(2021, 5, 6, 10, 30, tzinfo=zone),
            end=datetime(2021, 5, 6, 12, 0, tzinfo=zone),
            venue_name="Lagoon Learning Centre",
            mode="hybrid",
            invented=True,
            series="Sample series",
            links=[Link("shared", "https://data.example.org/catalogue")],
            materials=[Material("presentation", "https://data.example.org/slides.pdf"), Material("video")],
        )
        draft = screen(record, POLICY)
        assert draft.series == "Sample series"
        assert draft.fields["notes"] == "How budgets are read."
        assert draft.fields["session_number"] == 1
        assert draft.fields["start"] == "2021-05-06T10:30:00-06:00"
        assert draft.fields["invented"] is True
        assert [row["name"] for row in draft.fields["people"]] == [
            "Solana Reedwater",
            "Orla Sandpiper",
            "Wren Halcyon",
        ]
        assert draft.fields["links"][0]["url"] == "https://data.example.org/catalogue"
        (resource,) = draft.resources
        assert (resource["kind"], resource["name"], resource["format"]) == (
            "presentation",
            "Presentation",
            "PDF",
        )
        assert not {"audience", "topics", "questions", "date_as_stated"} & set(draft.fields)
        assert draft.problems == []

    @pytest.mark.parametrize(
        ("role", "email", "kept"),
        [
            ("coordinator", "wren.halcyon@example.org", True),
            ("coordinator", "wren.halcyon@EXAMPLE.ORG", True),
            ("coordinator", "wren.halcyon@mail.example.org", False),
            ("coordinator", "wren.halcyon@example.org.example.com", False),
            ("coordinator", "wren.halcyon@example.com", False),
            ("speaker", "wren.halcyon@example.org", False),
        ],
    )
    def test_an_address_is_that_of_a_coordinator_on_an_allowed_domain(
        self, role: str, email: str, kept: bool
    ) -> None:
        record = replace(make_record(), people=[Person(role, "Wren Halcyon", email=email)])
        draft = screen(record, POLICY)
        assert draft.fields["people"][0].get("email") == (email if kept else None)
        assert ("email-withheld" in codes(draft)) is not kept

    def test_a_biography_loses_its_address_and_number(self) -> None:
        person = Person(
            "speaker", "Solana Reedwater", biography="She reads budgets. Call 620-0103 or sol@example.net."
        )
        draft = screen(replace(make_record(), people=[person]), POLICY)
        assert draft.fields["people"][0]["biography"] == "She reads budgets. Call [withheld] or [withheld]."

    def test_a_participant_is_masked_in_what_the_organisers_wrote(
        self, screened: Callable[..., Draft]
    ) -> None:
        draft = screened(
            ("Zenobia Waterlillo [Ceiba Club]", "hello"),
            introduction="Opened by ZENOBIA WATERLILLO.",
            rationale="Rates of use, as Waterlillo said.",
            title="With Zenobiá  Waterlillo",
            file="zenobia-waterlillo.md",
            materials=[
                Material("presentation", "https://example.org/a.pdf", title="Slides for Z e n o b i a")
            ],
            links=[Link("shared", "https://example.org/people/zenobia-waterlillo", "Page")],
            address="https://example.org/waterlillo.html",
            problems=[
                Problem("line-unread", "A line was not read.", file="zenobia-waterlillo.md", place="line 3")
            ],
        )
        assert "zenobia" not in output(draft)
        assert "waterlillo" not in output(draft)
        assert draft.fields["notes"] == "Opened by [withheld]."
        assert draft.file == "record.md"
        assert {"withheld", "link-withheld", "line-unread"} <= set(codes(draft))

    def test_public_people_stay_public_whoever_shares_their_names(
        self, screened: Callable[..., Draft]
    ) -> None:
        draft = screened(
            ("Wren", "Good morning"), ("Orla Tamalitos", "Hello"), objective="Wren Halcyon and Orla explain."
        )
        assert draft.fields["objective"] == "Wren Halcyon and Orla explain."
        assert len(draft.fields["people"]) == 3

    def test_ordinary_names_do_not_empty_a_text(self, screened: Callable[..., Draft]) -> None:
        text = "A green economy needs young people; the hope is open data in May."
        draft = screened(("Grace Young", "hi"), ("May Green", "hi"), ("Hope Open Data", "hi"), objective=text)
        assert draft.fields["objective"] == text

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "#",
            "https://wa.me/5016200103",
            "mailto:ana@example.org",
            "https://a:b@example.org/",
        ],
    )
    def test_a_personal_or_broken_link_is_left_out_and_reported(self, url: str) -> None:
        draft = screen(make_record(links=[Link("shared", url)]), POLICY)
        assert "links" not in draft.fields
        assert "link-withheld" in codes(draft)

    def test_the_handle_of_a_programs_page_stays_in_its_title_but_no_number_in_its_place(self) -> None:
        titles = ("Facebook: open_gov_belize", "Facebook: 620-0103")
        links = [Link("social_media", f"https://www.facebook.com/page{n}", t) for n, t in enumerate(titles)]
        draft = screen(make_record(links=links), POLICY)
        assert [row["title"] for row in draft.fields["links"]] == [titles[0], "Facebook: [withheld]"]


class TestQuestions:
    def test_a_plain_question_is_published_without_its_asker(self, screened: Callable[..., Draft]) -> None:
        draft = screened(
            ("Tavaro Basiliskey - Min. of Lagoons", "Good morning. How often is the budget published?")
        )
        (row,) = draft.fields["questions"]
        assert row["question"] == "How often is the budget published?"
        assert row["sector"] == "public-service"
        assert (row["topic"], row["answered"], row["answer"], row["answered_by"]) == ("", "unknown", "", "")
        assert draft.proposals == []

    @pytest.mark.parametrize(
        "text",
        [
            "What did Brindle Johnnykake say about budgets?",
            "My colleague brindle johnnykake asks: which formats are offered?",
            "Does Ms Johnnykake know which formats are offered?",
            "What does Grace Young think about trade statistics?",
            "Will maria lopez of the statistics office explain the indicators?",
            "Is brindlo the one who decides on formats of data?",
            "How are maps licensed? Regards, Brindle Johnnykake",
            "How are maps licensed? https://example.org/mine",
            "¿Puede don Isidoro explicar el presupuesto de salud?",
            "Le pregunto de parte de Rosa Flores: ¿cómo se licencian los mapas?",
            "Which data does the school at 12 Mahogany Street have?",
        ],
    )
    def test_a_question_about_a_third_person_is_masked_and_waits(
        self, screened: Callable[..., Draft], text: str
    ) -> None:
        draft = screened(("guest 1", text))
        (proposal,) = draft.proposals
        assert "altered" in proposal.reasons
        assert "[withheld]" in proposal.row["question"]
        for secret in (
            "brindl",
            "johnnykake",
            "youngthink",
            "lopez",
            "isidoro",
            "flores",
            "mahogany",
            "mine",
        ):
            assert secret not in output(draft)
        assert "questions" not in draft.fields

    def test_a_question_that_speaks_of_its_asker_waits(self, screened: Callable[..., Draft]) -> None:
        draft = screened(("guest 1", "As the manager of the ferry, where do I find the timetable data?"))
        assert [proposal.reasons for proposal in draft.proposals] == [["speaks-of-asker"]]

    def test_the_key_is_that_of_the_screened_text(self, screened: Callable[..., Draft]) -> None:
        chat = ("guest 1", "What did Brindle Johnnykake say about budgets?")
        other = ("guest 2", "What did Jocunda Craboomore say about budgets?")
        assert screened(chat).proposals[0].key == screened(other).proposals[0].key
        assert screened(chat).proposals[0].key == screened(chat).proposals[0].row["code"]

    def test_a_question_asked_twice_is_there_once(self, screened: Callable[..., Draft]) -> None:
        asked = ("guest 1", "How often is the budget published?")
        assert len(published(screened(asked, asked))) == 1

    def test_a_question_of_which_little_remains_is_left_out(self, screened: Callable[..., Draft]) -> None:
        draft = screened(("guest 1", "Zqwertoo Blarvik Hummbug Trellong: data budgets?"))
        assert published(draft) == waiting(draft) == []
        assert "question-withheld" in codes(draft)


class TestIdentity:
    @pytest.mark.parametrize(
        "text",
        [
            "Hi I am Maribelle O'Mangrove, but my advisor told me to register with this name",
            "Buenos días, soy Maribelle Mangrovey",
            "this is maribelle mangrovey from the coast",
            "Maribelle here, hello",
            "I am Wren's assistant",
            "No soy Wren, uso su cuenta",
            "Me dijeron que entrara con este nombre",
        ],
    )
    def test_a_public_name_that_introduces_somebody_else_is_no_proof(
        self, screened: Callable[..., Draft], text: str
    ) -> None:
        draft = screened(
            ("guest 1", "How often is the budget published?"),
            ("Wren Halcyon [Trust]", text),
            ("Wren Halcyon [Trust]", "The budget is published every quarter."),
            ("Wren Halcyon [Trust]", "See https://example.org/budget"),
        )
        assert "maribelle" not in output(draft)
        assert "mangrove" not in output(draft)
        assert [problem.place for problem in draft.problems if problem.code == "identity-doubtful"] == [
            "line 101"
        ]
        assert draft.fields["questions"][0]["answered"] == "unknown"
        assert "messages" not in draft.fields
        assert any(row["name"] == "Wren Halcyon" for row in draft.fields["people"])

    @pytest.mark.parametrize(
        "text",
        [
            "Good morning. I am Orla, with the Sample Institute",
            "Orla Sandpiper here, welcome",
            "I am in Belize City",
        ],
    )
    def test_who_introduces_himself_stays_public(self, screened: Callable[..., Draft], text: str) -> None:
        draft = screened(("Orla Sandpiper", text), ("Orla Sandpiper", "The guide: https://example.org/guide"))
        assert len(draft.fields["messages"]) == 1
        assert codes(draft) == []

    def test_who_claims_a_role_under_another_name_has_none(self, screened: Callable[..., Draft]) -> None:
        draft = screened(
            ("Halcyon", "I am Wren Halcyon, local coordinator. The guide: https://example.org/guide")
        )
        assert "messages" not in draft.fields


class TestMessages:
    def test_what_leads_to_a_link_stays_with_it(self, screened: Callable[..., Draft]) -> None:
        draft = screened(("Orla Sandpiper", "The guide that we use is here:\n\nhttps://example.org/guide"))
        (row,) = draft.fields["messages"]
        assert row["text"] == "The guide that we use is here: https://example.org/guide"

    def test_what_informs_is_published_with_its_institution(self, screened: Callable[..., Draft]) -> None:
        draft = screened(
            ("Orla Sandpiper", "Good morning everyone"),
            ("Orla Sandpiper", "The policy areas are explained here: https://example.org/areas"),
            ("Orla Sandpiper", "Can you hear me?"),
            ("Orla Sandpiper", "Please write your questions in the chat"),
            ("Orla Sandpiper", "The recording will be shared with all of you next week by electronic mail"),
        )
        (row,) = draft.fields["messages"]
        assert row["text"] == "The policy areas are explained here: https://example.org/areas"
        assert row["institution"] == "Sample Institute for Open Government"

    @pytest.mark.parametrize(
        "text",
        [
            "Tavaro, the guide is at https://example.org/guide",
            "The guide by Ildefonza Garnachez is at https://example.org/guide",
            "Write to me: orla@example.org, see https://example.org/guide",
            "https://example.org/people/tavaro-basiliskey",
            "https://wa.me/5016200103",
            "https://www.facebook.com/somebodys.page",
        ],
    )
    def test_what_names_or_addresses_anybody_is_not(self, screened: Callable[..., Draft], text: str) -> None:
        assert "messages" not in screened(("Tavaro Basiliskey", "hello"), ("Orla Sandpiper", text)).fields

    def test_links_of_participants_are_not_published(self, screened: Callable[..., Draft]) -> None:
        assert "mine" not in output(screened(("Tavaro Basiliskey", "https://example.com/mine")))


class TestTranscript:
    CHAT = (
        ("Orla Sandpiper", "Good morning everyone"),
        ("Tavaro Basiliskey 7", "Hello from the north, I am Tavaro"),
        ("Tavaro Basiliskey 7", "How often is the budget published?"),
        ("Solana Reedwater", "The budget is published every quarter."),
        ("Reef College", "My number is 620-0103, the catalogue has no maps"),
        ("Reef College", "can you hear me?"),
    )

    def test_there_is_none_unless_the_program_switches_it_on(self, screened: Callable[..., Draft]) -> None:
        assert "transcript" not in screened(*self.CHAT).fields

    def test_it_shows_institutions_and_participants_only(self, screened: Callable[..., Draft]) -> None:
        draft = screened(*self.CHAT, policy=replace(POLICY, transcript=True))
        assert draft.fields["transcript"].splitlines() == [
            "Participant: How often is the budget published?",
            "Office of Statistics of Coralia: The budget is published every quarter.",
        ]


class TestErasure:
    ERASED = replace(
        POLICY, erased=frozenset({phrase_hash(KEY, "Wren Halcyon"), phrase_hash(KEY, "secret garden")})
    )

    def test_an_erased_text_is_masked_wherever_it_would_be_stored(self) -> None:
        record = make_record(
            ("guest 1", "How is the SECRET  gárden funded?"),
            title="The secret garden",
            series="SecretGarden series",
            file="secret-garden.md",
            materials=[Material("presentation", "https://example.org/secret-garden.pdf", "Secret Garden")],
        )
        draft = screen(record, self.ERASED)
        assert "secretgarden" not in output(draft)
        assert "halcyon" not in output(draft)
        assert draft.fields["title"] == "The [withheld]"
        assert [row["role"] for row in draft.fields["people"]] == ["speaker", "facilitator"]
        assert waiting(draft) == ["How is the [withheld] funded?"]
        assert "erased-text" in codes(draft)


@pytest.mark.parametrize(
    "name",
    [
        "rss.xml",
        "feed.xml",
        "oai-dc.xml",
        "www.youtube.com/feeds/videos.xml",
        "example.org/rss",
        "export.ics",
        "page.jsonld",
    ],
)
def test_what_machines_call_their_files_names_nobody(name: str) -> None:
    assert screen(SessionRecord(file=name), POLICY).file == name


def test_a_name_among_such_words_is_still_one() -> None:
    assert screen(SessionRecord(file="rss-zenobia-quillfeather.xml"), POLICY).file == "record.xml"


def test_a_time_zone_is_called_after_its_city() -> None:
    record = make_record()
    record.timezone = "America/New_York"
    assert screen(record, POLICY).fields["timezone"] == "America/New_York"


def test_an_address_that_is_a_telephone_number_is_withheld() -> None:
    record = make_record()
    record.people = [Person("coordinator", "Wren Halcyon", email="620-0103wren@example.org")]
    draft = screen(record, POLICY)
    assert "620-0103" not in json.dumps(draft.as_dict())
    assert "email-withheld" in [problem.code for problem in draft.problems]


def test_a_contact_is_public_with_an_address_of_the_program_only() -> None:
    people = [
        Person("coordinator", "Wren Halcyon", email="wren@example.org", contact=True),
        Person("coordinator", "Petra Kingfisher", email="petra@example.com", contact=True),
    ]
    draft = screen(replace(make_record(), people=people, introduction="Petra Kingfisher opens."), POLICY)
    assert [row["name"] for row in draft.fields["people"]] == ["Wren Halcyon"]
    assert "contact-withheld" in codes(draft)
    assert "Kingfisher" not in repr(draft)


def test_questions_about_the_running_of_a_session_are_counted(screened: Callable[..., Draft]) -> None:
    draft = screened(("Petronel Vask", "Can you hear me?"), ("Petronel Vask", "will the slides be shared?"))
    (problem,) = [one for one in draft.problems if one.code == "session-question-left-out"]
    assert (problem.place, ": 2." in problem.message) == ("line 100", True)


def test_a_title_that_only_headings_know_does_not_hide_a_speaker_in_the_chat() -> None:
    people = [Person("speaker", "Capt. Solana Reedwater", affiliation="Coast Guard of Coralia")]
    record = make_record(
        ("Petronel Vask", "How many boats does the lagoon have?"),
        ("Capt. Solana Reedwater", "The lagoon has four boats."),
        people=people,
    )
    assert "Coast Guard of Coralia" in repr(screen(record, POLICY).fields["questions"])


def test_a_topic_that_is_somebodys_name_is_withheld(screened: Callable[..., Draft]) -> None:
    draft = screened(topics=["Garifuna Language", "Orlena Quillbank"])
    assert draft.fields["topics"][0] == "Garifuna Language" and "Orlena" not in str(draft.as_dict())


def test_a_sheet_called_after_somebody_whom_no_dictionary_has_is_not_named(
    screened: Callable[..., Draft],
) -> None:
    hidden = Problem("sheet-hidden", "The sheet is hidden.", place="sheet Nicanora Puxtun, row 2")
    open_to_all = Problem("sheet-hidden", "The sheet is hidden.", place="sheet Sesiones Belmopan, row 2")
    places = [problem.place for problem in screened(problems=[hidden, open_to_all]).problems]
    assert places == ["sheet [withheld], row 2", "sheet Sesiones Belmopan, row 2"]
