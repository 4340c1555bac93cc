"""A message is kept in English and shown in the reader's language."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import reading
from ckanext.opengovbelize.wording.translate import translated


def test_a_message_of_a_reader_is_shown_in_spanish() -> None:
    (record,) = reading.read(b"", file="empty.md")
    (problem,) = record.problems

    assert problem.message.startswith("The file is empty")
    assert translated(problem.message, "es").startswith("El archivo está vacío")


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Only the first 300 pages were read.", "Solo se leyeron las primeras 300 páginas."),
        (
            "The column “{title} 100%” stands there more than once; the first one was read. Keep one of them.",
            "La columna “{title} 100%” está más de una vez; se leyó la primera. Deje solo una.",
        ),
        (
            "This category is on no list. Write one of these, its code, or unknown: men. women.",
            "Esta categoría no está en ninguna lista. Escriba una de estas, su código, o unknown: men. women.",
        ),
        (
            # What the schema says of a field is translated where it stands, and kept in English by a run.
            "Give a whole number from 1 on. Correct it in the record and run the source again.",
            "Indique un número entero a partir de 1. Corríjalo en el registro y ejecute la fuente de nuevo.",
        ),
        (
            # CKAN's own validators.
            "Missing value. Correct it in the record and run the source again.",
            "Falta el valor. Corríjalo en el registro y ejecute la fuente de nuevo.",
        ),
        (
            'Tag "x" length is less than minimum 2. Correct it in the record and run the source again.',
            'La longitud de la etiqueta "x" es menor que el mínimo 2. Corríjalo en el registro y ejecute la fuente '
            "de nuevo.",
        ),
        (
            'The configuration is not JSON. Write it like {"trust": 60}.',
            'La configuración no es JSON. Escríbala como {"trust": 60}.',
        ),
    ],
)
def test_values_are_put_into_the_translation_as_they_are(english: str, spanish: str) -> None:
    assert translated(english, "es") == spanish


def test_in_english_and_in_languages_that_are_not_there_a_message_stays_as_it_is() -> None:
    message = "The file is empty. Export it again."

    assert {translated(message, language) for language in ("en", "en_GB", "de")} == {message}


def test_a_value_that_is_a_word_of_a_page_stays_as_it_is() -> None:
    message = (
        "The column “Organizations” stands there more than once; the first one was read. Keep one of them."
    )

    assert "“Organizations”" in translated(message, "es")


def test_what_has_no_translation_stays_as_it_is() -> None:
    assert translated("Said by another program.", "es") == "Said by another program."
