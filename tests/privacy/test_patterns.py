from __future__ import annotations

from uuid import UUID

import pytest
from ckanext.opengovbelize.privacy.patterns import (
    WITHHELD,
    find,
    find_addresses,
    is_personal_link,
    is_web_address,
    mask,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ana.pech@example.org", "email"),
        ("ana.pech @ example . org", "email"),
        ("ana pech at example dot org", "email"),
        ("anapech [at] example [dot] org", "email"),
        ("ana arroba ejemplo punto org", "email"),
        ("ana.pech@exam\nple.org", "email"),
        ("ana.pech@\n  example.org", "email"),
        ("ａｎａ＠example.org", "email"),
        ("ana\u200b@exa\u200bmple.org", "email"),
        ("a n a @ e x a m p l e . o r g", "email"),
        ("anapech at gmail.com", "email"),
        ("620-0103", "phone"),
        ("620 0103", "phone"),
        ("(501) 620 0115", "phone"),
        ("+501-6260117", "phone"),
        ("+52 998 123 4567", "phone"),
        ("620-0103: my number", "phone"),
        ("mobile:620-0103", "phone"),
        ("620-0103/620-0104", "phone"),
        ("tel 223 0005", "phone"),
        ("223 0001", "phone"),
        ("6 2 0 0 1 0 3", "phone"),
        ("six two zero zero one zero three", "phone"),
        ("seis dos cero, cero uno cero tres", "phone"),
        ("call me on 8223456", "phone"),
        ("Facebook: 620-0103", "phone"),
        ("WhatsApp is ana.pech@example.org", "email"),
        ("@reef_ysm77", "handle"),
        ("instagram: reefysm", "handle"),
        ("reef_ysm77", "handle"),
        ("https://wa.me/5016200103", "personal-link"),
        ("https://www.linkedin.com/in/ana-pech", "personal-link"),
        ("https://facebook.com/profile.php?id=100", "personal-link"),
        ("https://facebook.com/ana.pech.9", "personal-link"),
        ("t.me/anapech", "personal-link"),
        ("mailto:ana@example.org", "personal-link"),
        ("tel:+5016200103", "personal-link"),
        ("my passport no. P0123456", "id-number"),
        ("social security 000123456", "id-number"),
        ("000-12-3456", "id-number"),
        ("the visa number V1234567", "id-number"),
        ("hospital number 004512", "id-number"),
        ("account no. 211 445 889", "id-number"),
        ("IBAN GB29 NWBK 6016 1331 9268 19", "id-number"),
        ("NL91ABNA0417164300", "id-number"),
        ("plate BZ-C-12345", "id-number"),
        ("his plate is C 12345", "id-number"),
        ("placa P-123ABC", "id-number"),
        ("6·2·0·0·1·0·3", "phone"),
        ("620_0105", "phone"),
        ("seis dos cero - 0109", "phone"),
        ("ana underscore pech at example dot org", "email"),
        ("on Instagram reefy77", "handle"),
        ("https://www.instagram.com/ana.pech.9/", "personal-link"),
        ("who lives at 14 Mahogany Street", "address"),
        ("her home is 14 Mahogany Street", "address"),
        ("maya(a)example.org", "email"),
        ("maya[a]mail.example.com", "email"),
        ("six one five, 22 34", "phone"),
        ("she was born 14/03/1987", "birth"),
        ("Date of birth: 14 March 1987", "birth"),
        ("dob 3/4/79", "birth"),
        ("she was born on April 3rd, 1979", "birth"),
        ("nació el 3 de abril de 1979", "birth"),
        ("fecha de nacimiento: 1979-04-03", "birth"),
        ("mi expediente 1234-2023", "id-number"),
        ("paciente 1234-2023", "id-number"),
        ("expediente 004512", "id-number"),
    ],
)
def test_private_data_is_found_in_its_disguises(text: str, kind: str) -> None:
    sentence = f"Please note {text} for me"
    assert kind in {span.kind for span in find(sentence)}
    kept = mask(sentence, find(sentence)).replace(WITHHELD, "")
    assert not any(digit in kept for digit in "0123456789@")
    assert not find(mask(sentence, find(sentence)))


@pytest.mark.parametrize(
    "text",
    [
        "Thursday February 13, 2020 – 10:30AM-12:00PM (BZE-CST)",
        "2020-02-13T10:30:00-06:00",
        "2019-2021, 2,500,000 rows, 10 000 000 people, 12:30",
        "Follow #OpenGovSample",
        "https://www.facebook.com/OpenGovSample/",
        "https://data.example.org/catalogue_2020/0000012345",
        "It is available at open.example.org",
        "the ratio is 50.1 to 62.0 in W1 and W2",
        "los 3 ejes de 2020",
        "account 30201 of the budget, and account code 340 to 349",
        "Reef Hall, 14 Mahogany Street, Belmopan",
        "one two three 2020",
        "Facebook Live and Twitter 2020",
        "the WG12 that will meet from today on",
        "the plan GT10 para todo este pueblo",
        "Coralia Hospital 2024, the Hospital 2024-2025 plan, the visa 2024 reform and the patient 2022 survey",
        "rendición de cuenta 2023-2024, and the public account 2022/2023",
        "licence plates in 2023, plates for 2000 buses, las placas de 2019",
        "live on Facebook covid19",
        "Expediente 1234-2023 de la Corte, expediente No. 45/2021 y expediente n.º 77-2020",
        "The portal was born on 3 April 2016, Belize was born on 21 September 1981, and it was born in May",
        "Children born in 2003 are counted, and those born on a Monday",
        "Options (a) maps.example.org (b) tables and point (a) data.gov.bz",
        "The home of the Ministry is 12 Mahogany Street, and the museum's home at 10 Coral Lane is open",
    ],
)
def test_dates_times_years_and_public_addresses_are_not_private(text: str) -> None:
    assert find(text) == []


def test_postal_addresses_are_found_apart() -> None:
    assert find_addresses("I live at 12 Mahogany Street, Belmopan")
    assert find_addresses("vivo en Calle Caoba 12")
    assert not find_addresses("12 ministries of the country")


@pytest.mark.parametrize(
    "text", ["see facebook.com/glyc.ballard.9", "on fb.com/glyc.ballard", "it was .@reefgirl77 who asked"]
)
def test_a_page_or_an_account_needs_no_scheme(text: str) -> None:
    (span,) = find(text)
    assert text[span.start : span.end].endswith(("ballard", "ballard.9", "@reefgirl77"))


@pytest.mark.parametrize("text", ["facebook.com/OpenGovSample", "see www.facebook.com/sample.org"])
def test_the_page_of_a_program_needs_none_either(text: str) -> None:
    assert find(text) == []


def test_a_public_page_is_no_personal_link() -> None:
    assert not is_personal_link("https://www.facebook.com/OpenGovSample")
    assert is_personal_link("https://name:word@example.org/")


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "//example.org", "http://", "http://[", "#"),
        "https://www.e 620-0103 xample.org/1.pdf",
    ],
)
def test_only_http_is_a_web_address(url: str) -> None:
    assert not is_web_address(url)


@given(st.text(alphabet=st.sampled_from("a1@.- \n(+_at:/é")))
def test_finding_never_fails_and_spans_lie_in_order(text: str) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in zip(spans, spans[1:], strict=False))


@given(st.uuids(version=4))
def test_the_key_of_a_row_is_no_number_of_a_person(key: UUID) -> None:
    assert find(str(key)) == []
    assert [span.kind for span in find(f"{key}, call 620-0103")] == ["phone"]
