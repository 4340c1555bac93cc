from __future__ import annotations

import pytest
from ckanext.opengovbelize.certificates import naming
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Ejemplo, Ana María", "Ana María Ejemplo"),
        ("Ana  Ejemplo (Ministry of Samples)", "Ana Ejemplo"),
        ("Ana Ejemplo [Sample Institute]", "Ana Ejemplo"),
        ("Jose\u0301 Ejemplo", "José Ejemplo"),
        ("\u202eolpmejE anA\u202c", "olpmejE anA"),
        ("Ix Ch’el\u200b Ajaw", "Ix Ch’el Ajaw"),
        ("می\u200cخواهم نمونه", "می\u200cخواهم نمونه"),
        ("王小明", "王小明"),
        ("A, B, C", "A, B, C"),
        ("\x00\n", ""),
    ],
)
def test_how_a_name_is_printed(written: str, printed: str) -> None:
    assert naming.as_printed(written) == printed


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["Ana E.", "Ana Ejemplo", "Ejemplo, Ana María"], "Ana María Ejemplo"),
        (["ANA EJEMPLO", "Ana Ejemplo", "ana ejemplo"], "Ana Ejemplo"),
        (["+501 600 0000", "Ana Ejemplo"], "Ana Ejemplo"),
        (["501"], ""),
        ([], ""),
    ],
)
def test_the_fullest_name_is_printed(names: list[str], best: str) -> None:
    assert naming.best(names) == best


@given(st.text(max_size=400))
def test_any_name_is_one_short_line(name: str) -> None:
    printed = naming.as_printed(name)
    assert len(printed) <= naming.LONGEST
    assert printed == " ".join(printed.split())
    printed.encode()
