"""Where sentences begin, a capital is no sign of a name."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.folding import tokens
from ckanext.opengovbelize.privacy.sentences import starts_sentence


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Grace", True),
        ("We thank Grace", False),
        ("Thank you. Grace", True),
        ("Thank you, Grace", False),
        ("¡Gracias! «Grace", True),
        ("They said: “Grace", True),
        ("Thank you\n- Grace", True),
        ("We thank (Grace", False),
        ("We thank «Grace", False),
    ],
)
def test_whether_the_last_word_begins_a_sentence(text: str, begins: bool) -> None:
    assert starts_sentence(text, tokens(text)[-1]) is begins
