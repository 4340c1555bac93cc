"""What stands around a name says that it is one, though each of its words is an everyday one."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.known import Known
from ckanext.opengovbelize.privacy.mentions import mentioned

KNOWN = Known((frozenset({"solana", "reedwater"}),))


def names(text: str, *, careful: bool = False) -> list[str]:
    return [text[start:end] for start, end in mentioned(text, KNOWN, careful=careful)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She is married to Cliff Harbour and mother of Amparo.", ["Cliff Harbour", "Amparo"]),
        ("Está casada con Amparo Laguna y es madre de Nieves.", ["Amparo Laguna", "Nieves"]),
        ("It goes back to her mentor, the late Basil Ferry, and her assistant Petronel.", ["Basil Ferry", "Petronel"]),
        ("The hall was full. Thanks to Gwendoline and Egbertha for the tea.", ["Gwendoline", "Egbertha"]),
        ("We mourn the passing of Cliff Harbour.", ["Cliff Harbour"]),
        ("Nuestro pésame a la familia Quillfin.", ["Quillfin"]),
        ("¡Feliz cumpleaños, Amparo Laguna!", ["Amparo Laguna"]),
        ("Residents say that Cliff Harbour never answers.", ["Cliff Harbour"]),
        ("The road is asked for by patient Quillfin and by widow Reimer.", ["Quillfin", "Reimer"]),
        ("The club of Sgt. Coral and Bro. Basil meets.", ["Coral", "Basil"]),
        ("Moved by Cliff Harbour, seconded by Lily Rivers. Action: Basil Ferry to write.", ["Cliff Harbour", "Lily Rivers", "Basil Ferry"]),
        ("Apologies were received from Cliff Harbour. Regrets: Basil Ferry.", ["Cliff Harbour", "Basil Ferry"]),
        ("Se excusaron Amparo Laguna y Nieves Puentes.", ["Amparo Laguna", "Nieves Puentes"]),
        ("From left: Cliff Harbour. Back row: Basil Ferry.", ["Cliff Harbour", "Basil Ferry"]),
        ("Remembering Cliff Harbour, who opened our books", ["Cliff Harbour"]),
        ("Keys are kept by J. Q. Harbour, R. Green and HARBOUR, Cliff.", ["J. Q. Harbour", "R. Green", "HARBOUR, Cliff"]),
        ("It is told by Pieter van der Quill and María del Mar Choc.", ["Pieter van der Quill", "María del Mar Choc"]),
        ("THE ROOM WAS OPENED BY CLIFF HARBOUR AND DORLA QUILLFIN.", ["CLIFF HARBOUR", "DORLA QUILLFIN"]),
        ("The room is ours by kindness of Amparo; RSVP to Penny.", ["Amparo", "Penny"]),
        ("Coordinated by Amparo. Ask for Basil at the gate, or call Penny.", ["Amparo", "Basil", "Penny"]),
        ("Contact person: Consuelo. My name is Lance and I keep the list.", ["Consuelo", "Lance"]),
        ("Her wife Penny bakes, and her late husband Basil kept bees.", ["Penny", "Basil"]),
        ("She is mother of three: Keisha, Jahmal and Tyrique.", ["Keisha", "Jahmal", "Tyrique"]),
        ("Minutes: K. Tench; interpreter: L. Moon", ["K. Tench", "L. Moon"]),
        ("Maya Pond's Guide to Reading Budgets", ["Maya Pond"]),
        ("It is served by India Pepper. We eat at Maya Pond's kitchen.", ["India Pepper", "Maya Pond"]),
        ("Open Data for Schools with Yu-Ling Chen", ["Yu-Ling Chen"]),
        ("Opening by Cliff Harbour and Amparo Laguna", ["Cliff Harbour", "Amparo Laguna"]),
        ("She took over from Cliff Harbour, and heard from Amparo Laguna.", ["Cliff Harbour", "Amparo Laguna"]),
        ("A letter from Cliff Harbour was sent to Penny Ferry in Max Ford.", ["Cliff Harbour", "Penny Ferry", "Max Ford"]),
        ("Amparo will bring the cake. Basil said so, and Penny asked why.", ["Amparo", "Basil", "Penny"]),
        ("Basil's mother came, and Grace's brother, and Zorvek's wife.", ["Basil", "Grace", "Zorvek"]),
        ("Lance and her team count the boats; Amparo, 9, asked why.", ["Lance", "Amparo"]),
        ("Ask Basil at the desk. Our friend Penny counts. Tell Amparo.", ["Basil", "Penny", "Amparo"]),
        ("Teacher Basil, Pastor Amparo and Nurse Keisha helped.", ["Basil", "Amparo", "Keisha"]),
        ("Notes by C. Harbour", ["C. Harbour"]),
        ("Cliff H. counted the boats, and Penny M., too.", ["Cliff H", "Penny M"]),
        ("They were counted by 'Chico' Harbour.", ["Chico' Harbour"]),
        ("Cliff ‘Chico’ Harbour counts; “Chico” Palomino helps.", ["Cliff ‘Chico’ Harbour", "Chico” Palomino"]),
        ("The house of Dorla Quillfin is used.", ["Dorla Quillfin"]),
        ("Ming Zhao and Florentina Coc counted the boats.", ["Ming Zhao", "Florentina Coc"]),
        ("We thank Maria Lopez Ms. Wren Kingfisher will come.", ["Maria Lopez", "Wren Kingfisher"]),
        ("Message Dwight for the link; Tyrique and Keisha know it.", ["Dwight", "Tyrique", "Keisha"]),
    ],
)  # fmt: skip
def test_somebody_is_told_by_the_words_around(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("text", ["Slides of Cliff Harbour", "The house of Cliff Harbour"])
def test_also_in_a_field_for_bodies_and_places(text: str) -> None:
    assert names(text, careful=True) == ["Cliff Harbour"]


@pytest.mark.parametrize(
    "text",
    [
        "The Rosa Parks Award and the Marion Jones Sports Complex are named after people.",
        "How Will Rice Farmers Benefit from Open Data?",
        "When Will Rain Come? Forecasts for Farmers",
        "Rich Coral Reefs, Poor Villages",
        "Will Good Governance Follow?",
        "Art Major: What Students Say",
        "Amber Storm Warning and Grant Bridge Financing",
        "Grant Money and How to Get It",
        "Crystal Ball: What Data Will Tell Us",
        "The loss of Chiquivara forest, students of Coralvale and the late Preclassic",
        "Friends of Coralvale, and pupils of Xaviero",
        "They came from Sandy Point, from Pearl Bridge, in Crystal Lake and to Victoria Harbour.",
        "Art will follow, Grant will be paid, hope and her sisters are nowhere; the Grant said so.",
        "The boats come from Belmopan and his office; Hope's sister city is Dangriga.",
        "The 'Green' Budget, the 'Blue' Bond and the 'Open' Contracting Standard are explained.",
        "In the Amazon Developer Guide, in the GNU Lesser General Public License, in German.",
        "May Day is kept, and May Flowers bloom. She is a Chevening Scholar and a Fulbright Fellow.",
        "Gracias a Telmex, a Scotiabank y a Movistar por la línea.",
        "The Nelson Mandela Day is kept, and Amber Alert notices are sent by the police.",
        "The Amber Alert and the Grant Agreement are explained, and so is El Marco Legal.",
        "Thanks to Mercy Kitchen and the Rotary Club for the lunch.",
        "Thanks to Oxfam Intermón and Oceana for the hall.",
        "Fishers of Sandy Point, Pearl River and Crystal Lake came to Victoria Harbour.",
        "We met in Victoria House, at the Robin Hill estate, near Marina Bay.",
        "El Refugio de Vida Silvestre abre, y el Puente Victoria cierra.",
        "It is made with Crystal Reports, Rich Text Format, Power Query and Jade Templates.",
        "The late delivery of March, the late Budget Speech and the patient Public Service are discussed.",
        "In memory of Hurricane Hattie, and thanks to Belize's law, records are kept.",
        "The mother of Parliaments, the family of Instruments and children of Belize City.",
        "Congratulations to Belize and to Orange Walk Technical High School.",
        "Present: Ministry of Works, Reef Office. Absent: Ministry of Health. Action: Reef Office.",
        "Article 9, 10 and 11 of the Act were read; Belmopan, 9, 10 May.",
        "THE NATIONAL ACTION PLAN OF BELIZE WAS OPENED BY THE MINISTRY OF PUBLIC SERVICE AND THE UNDP.",
        "Gracias a Dios, a la Alianza para el Gobierno Abierto y a la Cruz Roja.",
        "Thanks to Speednet for the internet, and to Datalink. Gracias a Reefnet por la sala.",
        "Pearl Harbor and the History of Ports",
        "Maya Mountains, India and Jordan: Maya Land Rights in Open Maps",
        "The road to Maya Pond is dry, and India Pepper is dear.",
        "Ask for Basil leaves, write to Mercy Clinic, and meet with Grant Writers. It is written by hand.",
        "The father of two: Budgets and Boats.",
        "It is based on the Gini Index, the Pareto Principle and the Likert Scale.",
        "Solana Reedwater, the Reef Office and Caye Caulker thank everybody.",
    ],
)
def test_bodies_places_awards_and_products_stay(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["Victoria Hall, Belize City", "Mercy Kitchen", "Amber Alert", "Slides of the Reef Office"])  # fmt: skip
def test_a_venue_or_a_link_that_only_looks_like_a_name_stays(text: str) -> None:
    assert names(text, careful=True) == []
