"""Ordinary words of public life in Belize and of open government stay whole, wherever a record has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Link

from .conftest import POLICY, make_record
from .screened import codes


@pytest.mark.parametrize(
    "text",
    [
        "The National Assembly publishes the Hansard, and the Auditor General reports to the House.",
        "The Statistical Institute of Belize took over from the Central Statistical Office.",
        "A letter from Belmopan was sent to Spanish Lookout and handed to the Toledo Alcaldes Association.",
        "People from Hope Creek, Silk Grass and Maya Beach take the bus that leaves from Glover's Reef.",
        "Grace Bank, Flowers Bank and Lemonal are villages on the Old River.",
        "We work in Coral Gardens, in Mercy Park and in Victoria Harbour.",
        "Charity will begin at home, harmony will come, and patience will pay.",
        "Hope will not be enough, says the report; mercy is not a policy.",
        "Marina will be closed and Victoria will host the summit.",
        "Amparo es un recurso legal que protege derechos. La Ley de Amparo y sus efectos se explican.",
        "A writ of amparo and habeas corpus are compared.",
        "Gracias a Telmex y a Scotiabank por la línea, y a Esri por los mapas.",
        "Ya'axché Conservation Trust, the Julian Cho Society and the Sarstoon Temash Institute take part.",
        "The Belize Audubon Society and the Toledo Institute for Development and Environment keep the parks.",
        "The 'Green' Budget, the 'Blue' Bond and the “Open” Budget Survey are explained.",
        "Belize signed the Escazú Agreement, the Paris Agreement and the Belém do Pará Convention.",
        "From Paper Forms to Open Data: we went from Paper to Portal.",
        "attendees: ministry of health, ministry of works, village councils and port authority",
        "present: fishers, farmers, teachers; absent: coast guard, customs and excise",
        "We count boats in the\nCaribbean Sea, in Belize\nCity and from Orange\nWalk.",
        "The law was made in\nGuatemala City and read in\nMexico City by the\nOpen Society.",
        "Ask Questions Early, says the Guide; tell Government what you need.",
        "The Teacher Training College, the Nurse Aide Course and the Coach Certification are public.",
        "St. John's College, Galen University and Wesley College teach it; Muffles College hosts.",
        "Karl Heusner Memorial Hospital and Northern Regional Hospital publish waiting times.",
        "Love FM, Krem Radio, Channel 5 and Amandala report; so does The Reporter.",
        "The OGP Local programme, the Open Contracting Data Standard and the IRM are explained.",
        "The Community-Driven Development Programme will bring water to San Antonio.",
        "Belize Electricity Limited, Belize Water Services and Belize Telemedia publish tariffs.",
        "El Ministerio de la Función Pública explicó la Ley General de Archivos.",
        "Garífuna Settlement Day, Commonwealth Day and Labour Day are holidays in May and June.",
        "The Chief Justice, the Ombudsman and the Contractor General are independent.",
    ],
)
def test_sentences_stay_whole(screened: Callable[..., Draft], text: str) -> None:
    assert screened(introduction=text).fields["notes"] == text


@pytest.mark.parametrize(
    "title",
    [
        "Will Open Data Bring Change?",
        "Grant Money and How to Get It",
        "Amparo: A Right Explained",
        "The Cost of a Bridge",
        "Datos abiertos y gobierno abierto en Belice",
        "Beneficial Ownership: Who Owns What?",
        "Co-creation of the Action Plan, Part II",
        "Fish, Coral and Open Data",
        "From Reef to Register",
        "Rice, Beans and Budgets",
    ],
)
def test_titles_stay_whole(screened: Callable[..., Draft], title: str) -> None:
    assert screened(title=title).fields["title"] == title


@pytest.mark.parametrize(
    "venue",
    [
        "Bliss Centre for the Performing Arts",
        "George Price Centre for Peace and Development",
        "Best Western Belize Biltmore Plaza",
        "Radisson Fort George Hotel",
        "Marion Jones Sports Complex",
        "Sir Barry Bowen Hall",
        "House of Culture, Corozal",
        "Hope Creek Community Centre",
        "ITVET Hall, Orange Walk",
        "Swasey Building, Kings Park",
        "Cliff House",
        "Banquitas House of Culture",
    ],
)
def test_venues_stay_whole(screened: Callable[..., Draft], venue: str) -> None:
    assert screened(venue_name=venue).fields["venue_name"] == venue


@pytest.mark.parametrize(
    "organiser",
    [
        "Ministry of Public Service, Constitutional and Political Reform",
        "Belize Chamber of Commerce & Industry",
        "Belize Network of NGOs (BNN)",
        "Trust for the Americas; Organization of American States",
        "Humana People to People Belize",
        "Atlantic Bank; Heritage Bank",
        "Cisco, Esri and Digicell",
        "Sandy Point Village Council",
        "Victoria Harbour Authority",
        "Peace Corps",
    ],
)
def test_agencies_stay_whole(screened: Callable[..., Draft], organiser: str) -> None:
    draft = screened(organisers=organiser)
    assert draft.fields["organisers"] == organiser
    assert "organiser-unclear" not in codes(draft)


@pytest.mark.parametrize(
    "title",
    ["Pearl Bridge", "Sandy Banks map", "Rose Hall", "Robin Hood", "Gales Point", "Blue Hole", "Budget Speech 2021"],
)  # fmt: skip
def test_titles_of_links_stay_whole(screened: Callable[..., Draft], title: str) -> None:
    (link,) = screened(links=[Link("shared", "https://data.example.org/1", title)]).fields["links"]
    assert link["title"] == title


@pytest.mark.parametrize(
    "biography",
    [
        "Solana holds a degree from the University of the West Indies, Mona, and from Corozal Junior College.",
        "Solana was named a Chevening Scholar and is a member of the Belize Bar Association.",
        "Solana comes from Hope Creek, works in Crystal River and teaches in San Pedro.",
        "Solana has worked with Oceana, the Peace Corps and the Wildlife Conservation Society.",
    ],
)
def test_biographies_stay_whole(biography: str) -> None:
    record = make_record()
    speaker = replace(record.people[0], biography=biography)
    row, *_ = screen(replace(record, people=[speaker]), POLICY).fields["people"]
    assert row["biography"] == biography
