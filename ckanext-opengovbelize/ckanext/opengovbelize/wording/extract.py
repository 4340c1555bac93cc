"""Finds the messages of problems in code, for ``bin/translate``; ``babel.cfg`` says where it looks.

A message may stand in a call, a variable or a table, so it is told by its form: every whole sentence of code that is
neither a docstring, nor translated where it stands, nor for the log. A value within it becomes a placeholder.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

from babel.messages.extract import extract_python

from . import CONTEXT, PLACEHOLDER

# One that ends with a value, such as an address, has another sentence before it.
_SENTENCE = re.compile(r"""["“{A-Z].*\s.*[.?]|[A-Z].*[a-z]\. [A-Z].*""", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]{2}")
_TRANSLATED = ("_", "N_", "ungettext")


def problems(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what Babel's own extractor finds, and the messages of problems."""
    source = file.read()
    file.seek(0)
    yield from extract_python(file, keywords, comment_tags, options)
    for line, message in messages(source):
        yield line, "pgettext", (CONTEXT, message), []


def messages(source: bytes | str) -> list[tuple[int, str]]:
    """Return the messages of problems in a module, each with its line."""
    found = _Messages()
    found.visit(ast.parse(source))
    return found.messages


class _Messages(ast.NodeVisitor):
    def __init__(self) -> None:
        self.messages: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:  # noqa: N802
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:  # noqa: N802
        called = ast.unparse(node.func)
        if called.rpartition(".")[2] not in _TRANSLATED and not called.startswith("log."):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:  # noqa: N802
        if isinstance(node.value, str):
            self._take(node, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:  # noqa: N802
        self._take(node, "".join(map(_part, node.values)))

    def _take(self, node: ast.expr, text: str) -> None:
        if _SENTENCE.fullmatch(text) and _WORD.search(PLACEHOLDER.sub("", text)):
            self.messages.append((node.lineno, text))


def _part(node: ast.expr) -> str:
    """Return a part of an f-string; a value is named after the first variable in it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    called = {id(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
    names = [
        each.id if isinstance(each, ast.Name) else each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Name | ast.Attribute) and id(each) not in called
    ]
    return "{" + (names[0].strip("_").lower() if names else "value") + "}"
