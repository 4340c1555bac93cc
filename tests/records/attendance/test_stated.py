"""What people write of themselves, and the category that it is."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance import stated

WORDS = {
    (
        "district",
        "BZ-CY",
    ): "Cayo|CAYO|Belmopan|Belmopan City|San Ignacio, Cayo|Cayo District|Distrito de Cayo",
    (
        "district",
        "BZ-BZ",
    ): "Belize|BZE|B.Z.E.|Belize City|Bze City|Belize Dist.|Ciudad de Belice|Caye Caulker Village",
    ("district", "BZ-TOL"): "P.G.|PG|Punta Gorda|Toledo Dist|Toledo (Punta Gorda)",
    ("district", "BZ-OW"): "O.W.|O. W.|O/Walk|Orange Wlk|Orange Walk Dist.|orange walk town",
    ("district", "BZ-SC"): "S.C.|Stan Creek|Dangriga|Hopkins Village|Placencia, Stann Creek",
    ("district", "BZ-CZL"): "Corozal|czl|Corozal Town",
    ("district", "unknown"): "|Cayo/Toledo|San Cayetano|here|Belize or Cayo|city|Village",
    (
        "sector",
        "public-service",
    ): "Government|Govt.|Gobierno|PUBLIC SECTOR|Government (Ministry)|Sector público",
    ("sector", "education"): "Academia|university|Educación|Academia/Education",
    (
        "sector",
        "civil-society",
    ): "NGO|N.G.O.|Sociedad civil|Civil Society Organization (CSO)|NGO / Civil society",
    ("sector", "private-sector"): "Private|Business|Sector privado",
    ("sector", "international"): "International|Organismo internacional|Int'l",
    ("sector", "media"): "Media|Press|Medios de comunicación",
    ("sector", "unknown"): "Government, NGO|fishing|Ministry of Nothing At All",
    ("gender", "F"): "F|f.|Female|MUJER|Femenino|Female (F)",
    ("gender", "M"): "M|male|Hombre|Masc.|Varón",
    ("gender", "unknown"): "|prefer not to say|Orla|Mr",
    ("country", "BZ"): "Belize|Belice|BZ|belize",
    ("country", "029"): "Jamaica|Trinidad & Tobago|Saint Lucia|St. Lucia|St. Vincent and the Grenadines",
    ("country", "US"): "United States|USA|U.S.A.|Estados Unidos",
    ("country", "rest"): "Japan|South Korea|Korea, Republic of|Viet Nam|Hong Kong SAR",
    ("country", "150"): "United Kingdom|España|Czech Republic",
    ("country", "unknown"): "|somewhere|Atlantis",
}


@pytest.mark.parametrize(
    ("dimension", "text", "code"),
    [(dimension, text, code) for (dimension, code), texts in WORDS.items() for text in texts.split("|")],
)
def test_words_for_a_category(dimension, text, code):
    assert stated.code(dimension, text) == code


def test_a_country_that_is_grouped_keeps_its_own_name_in_raw_counts():
    assert stated.country_code("Trinidad & Tobago") == "TT"
    assert stated.country_names()["TT"] == "Trinidad & Tobago"


@pytest.mark.parametrize(
    "text", ["on the road with Quillfeather", "Cayo (Quillfeather)", "Cayo, Quillfeather's"]
)
def test_what_is_more_than_a_listed_word_is_not_remembered(text):
    stated.code("district", text)
    assert not any("Quillfeather" in remembered for _dimension, remembered in stated._known)
