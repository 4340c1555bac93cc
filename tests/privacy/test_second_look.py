"""Names that show only beside others: in lists, with an age, said again, in small letters."""

from __future__ import annotations

import pytest

from .test_person_signs import names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In the room were Maria Lopez, Mercy Fields (Works), Amber Strand and 12 others.", ["Maria Lopez", "Mercy Fields", "Amber Strand"]),
        ("The talk is held by Solana Reedwater and Mercy Nettle.", ["Mercy Nettle"]),
        ("The land went to Egbertha and Thelma Quillfin of Dangriga.", ["Egbertha", "Thelma Quillfin"]),
        ("Jaydenne, 9, and his sister asked for a bus.", ["Jaydenne"]),
        ("They say that Cliff Harbour knew, and that Harbour took it.", ["Cliff Harbour", "Harbour"]),
        ("The boats were counted by Cliff\nHarbour in the hall.", ["Cliff\nHarbour"]),
        ("Yesterday it was Dorla\n   Quillfin who counted.", ["Dorla\n   Quillfin"]),
        ("The boats were counted in Belize\nCity and in the\nCaribbean Sea. We met at\nReef Hall.", []),
        ("Speakers\nBudgets\nLagoon Hall\nDangriga", []),
    ],
)  # fmt: skip
def test_who_stands_beside_a_name_or_an_age(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The boats came. Thanks to orlena quillfin for the notes.", ["orlena quillfin"]),
        ("She was taught by bramwell quillfeather and kudos to cliff harbour.", ["bramwell quillfeather", "cliff harbour"]),
        ("Agradecemos el apoyo de dorla quillfin con las actas.", ["dorla quillfin"]),
        ("Thanks to postgis, to rich people and to good will the map is made by geoportal teams.", []),
        ("Hecho con datos abiertos por la cocreación de todas.", []),
        ("It works with geojson, and help from mapbux and thanks to geonode the map is open. We fight against libunistring.", []),
        ("Thanks to ushahidox volunteers and to everyone the talk with krem was heard.", []),
        ("The people complained against dorla quillfin in the hall.", ["dorla quillfin"]),
        ("Se trabajó con geojson y con shapefiles, gracias a wikimedia y al equipo.", []),
        ("present: cliff harbour, penny nettle and maria lopez", ["cliff harbour", "penny nettle", "maria lopez"]),
        ("it was maria lopez who wrote to keisha penner", ["maria lopez", "keisha penner"]),
        ("present: village councils, coast guard, ministry of works; action: open data, grant forms", []),
        ("en julio cal y piedra; the cliff harbour is open, and penny ash trees grow", []),
        ("Un travay bese pale ak yon kominote nan vil la pou fè li avèk yo", []),
    ],
)  # fmt: skip
def test_names_in_small_letters(text: str, found: list[str]) -> None:
    assert names(text) == found
