"""A long chat is screened, and its answers paired, in time that grows with its messages, not with their square."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable

from ckanext.opengovbelize.privacy import dictionary
from ckanext.opengovbelize.privacy.answers import Asked, Said, pair
from ckanext.opengovbelize.records.drafts import Draft


def test_messages_cost_the_same_in_a_long_chat(screened: Callable[..., Draft]) -> None:
    def seconds(messages: int) -> float:
        chat = [
            (f"Quillan{number % 200} Breadnutt", f"How many boats did harbour {number} count in the lagoon?")
            for number in range(messages)
        ]
        chat[::10] = [("Solana Reedwater", "The boats are counted every quarter by the harbour")] * len(
            chat[::10]
        )
        began = time.process_time()
        screened(*chat)
        return time.process_time() - began

    seconds(20)
    # Four times the messages, and not ten times the time.
    assert seconds(400) < 10 * seconds(100) + 1


def test_an_answer_is_compared_only_with_questions_that_share_a_word() -> None:
    def seconds(messages: int) -> float:
        asked = [
            Asked(number, "asker", f"How many boats{number} count harbours{number}?", "asked")
            for number in range(0, messages, 2)
        ]
        said = [
            Said(number, "office", f"boats{number - 1} of harbours{number - 1}: a hundred", "Office")
            for number in range(1, messages, 2)
        ]
        began = time.process_time()
        pair(asked, said)
        return time.process_time() - began

    def least(messages: int) -> float:
        return min(seconds(messages) for _ in range(3))

    assert least(3000) < 8 * least(750) + 0.2


def test_words_by_chance_cost_little_and_fill_no_memory() -> None:
    letters = random.Random(7)
    words = ["".join(letters.choices(string.ascii_letters, k=9)) for _ in range(3_000)]
    dictionary.looks_mistyped("presenttions")
    began = time.process_time()
    assert sum(dictionary.looks_mistyped(word) for word in words) < 30
    assert time.process_time() - began < 2
    remembered = dictionary.is_ordinary.cache_info()
    assert remembered.maxsize is not None and remembered.currsize <= remembered.maxsize
