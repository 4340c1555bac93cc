"""The program of the tests of progress."""

from tests.progress.conftest import program

__all__ = ["program"]
