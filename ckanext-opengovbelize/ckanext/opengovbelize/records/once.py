"""What was found out about a line, kept while its file is read: many recognisers ask the same of the same lines.

Nothing of a file outlives its reading: outside ``one_file`` nothing is kept, and at its end all is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)
R = TypeVar("R")

# Of one question; more lines than this are those of a table or a chat, which nobody asks for often.
MOST_KEPT = 4_096

_kept: list[dict[Any, Any]] = []
_being_read: list[object] = []
_lock = Lock()


@contextmanager
def one_file() -> Generator[None]:
    """Keep answers while a file is read or screened; forget those of every file at its end.

    Another thread's file that is still being read finds its answers again.
    """
    reading = object()
    with _lock:
        _being_read.append(reading)
    try:
        yield
    finally:
        with _lock:
            _being_read.remove(reading)
        for answers in _kept:
            answers.clear()


def once(function: Callable[[T], R]) -> Callable[[T], R]:
    """Return the function, answering from memory what it was asked before in the same file.

    Only for functions that depend on nothing but what they are asked, and whose answer nobody changes.
    """
    answers: dict[T, R] = {}
    _kept.append(answers)

    @wraps(function)
    def answered(asked: T) -> R:
        if asked in answers:
            return answers[asked]
        answer = function(asked)
        if _being_read and len(answers) < MOST_KEPT:
            answers[asked] = answer
        return answer

    return answered
