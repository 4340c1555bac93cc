"""What an editor may write into the configuration of a source."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.sources import SourceConfig, SourceConfigError


@pytest.mark.parametrize("text", [None, "", "  ", "{}"])
def test_nothing_means_the_defaults(text):
    assert SourceConfig.from_json(text) == SourceConfig()


def test_what_was_written_comes_back():
    text = '{"series": "ecosystem-2020", "trust": 80, "public_page": true, "format": "text"}'
    config = SourceConfig.from_json(text)
    assert (config.series, config.trust, config.public_page) == ("ecosystem-2020", 80, True)
    assert config.content_type == "text/plain"
    assert SourceConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '{"colour": "red"}',
            '"colour" is not known here. Accepted are: series, plan, trust, public_page, format',
        ),
        ('{"trust": 101}', '"trust" must be a number from 0 to 100, with two decimals at most.'),
        ('{"trust": 50.005}', '"trust" must be a number from 0 to 100, with two decimals at most.'),
        ('{"trust": NaN}', '"trust" must be a number from 0 to 100, with two decimals at most.'),
        ('{"trust": true}', '"trust" must be a number from 0 to 100, with two decimals at most.'),
        ('{"trust": "high"}', '"trust" must be a number from 0 to 100, with two decimals at most.'),
        ('{"public_page": "yes"}', '"public_page" must be true or false.'),
        ('{"format": "papyrus"}', '"format" must be one of '),
        ('{"format": []}', '"format" must be one of '),
        ('{"series": 7}', '"series" must be the name of a series'),
        ('{"series": "Talks of rosa@example.net"}', '"series" must be the name of a series'),
        ('{"series": "Talks, call +501 622-0147"}', "without e-mail address, telephone number or handle"),
        ('{"plan": "Plan of @rosamuster"}', '"plan" must be the title or address of an action plan'),
        ('{"trust": 50', "The configuration is not JSON (line 1, column 13)."),
        ("[1]", "The configuration must be a JSON object"),
        ("[" * 100_000, "The configuration is not JSON"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(text, sentence):
    with pytest.raises(SourceConfigError) as error:
        SourceConfig.from_json(text)
    assert sentence in str(error.value)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(SourceConfigError) as error:
        SourceConfig.from_json('{"trust": -1, "public_page": 1, "password": "secret-word"}')
    assert '"password" is not known here.' in str(error.value)
    assert '"trust" must be' in str(error.value)
    assert '"public_page" must be' in str(error.value)
    assert "secret-word" not in str(error.value)
