"""Markdown, read with markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from lxml.html.defs import tags
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..document import LONGEST_LINE, Block, Document, Run, clean_runs, line
from ..encoding import decode
from . import html, text
from .content import Content

_SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*[^*\n]{1,200}\*\*|\[[^\]\n]{1,200}\]\([^)\n]{0,500}\)|<https?://[^>\s]{1,500}>"
    r"|^ {0,3}\|[^\n]{1,300}\|\s*$|^ {0,3}[-*] \S|^ {0,3}> |\A---\s*$",
    re.MULTILINE,
)
# topics: [budgets, "roads"]
_LISTED = re.compile(r"^([^:\[]{1,60}:\s*)\[([^\[\]]*)\]\s*$")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINK_DEFINITION = re.compile(r"\s*\[[^\]]+\]:\s*<?(?:https?://|#|mailto:)")
_TAG_NAME = re.compile(r"\s*</?([a-zA-Z][\w:-]*)")
# What begins anything but text within a line, by the rules that are on.
_MARKS = re.compile(r"[\n\\`~*_\[!<&]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SILENT_TAG = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)


def recognises(content: Content) -> bool:
    """Tell Markdown by its signs, or a text by its name."""
    says_so = content.says("markdown") or content.suffix in (".md", ".markdown")
    return bool(content.sample.strip()) and (says_so or bool(_SIGNS.search(content.sample)))


def read(data: bytes, content_type: str = "") -> Document:
    """Read Markdown with tables and front matter."""
    content, whole = decode(data, content_type)
    lines = text.split_lines(content.replace("\x00", ""))
    document = Document(problems=[] if whole else [text.UNREADABLE_BYTES])
    if front := _FRONT_MATTER.match("\n".join(lines[:400]) + "\n"):
        # Front matter is labels and values, one a line, like any other header: no YAML is needed for it.
        count = front[0].count("\n")
        document.blocks += [_unquoted(block) for block in text.blocks(front[0])]
        lines[:count] = [""] * count
    document.blocks += _Walker(lines).blocks()
    return document


def _unquoted(block: Block) -> Block:
    if match := re.match(r"""^([^:"']{1,60}:\s*)(["'])(.*)\2\s*$""", block.text):
        return Block(block.kind, (Run(match[1] + match[3]),), block.place, starts=block.starts)
    if match := _LISTED.match(block.text):
        values = ", ".join(value.strip(" \t\"'") for value in match[2].split(","))
        return Block(block.kind, (Run(match[1] + values),), block.place, starts=block.starts)
    return block


@cache
def _parser() -> MarkdownIt:
    # Indented text is no code here: chats and pasted paragraphs are indented. What stands in a line is parsed
    # in _split, and not where it is longer than anything that somebody formatted by hand.
    parser = (
        MarkdownIt("commonmark", {"maxNesting": 40})
        .enable(["table", "strikethrough"])
        .disable("code")
        .disable(["inline"])
    )
    # Where a link may lead is decided, and reported, by the recogniser.
    parser.validateLink = lambda url: True
    return parser


def _is_no_element(tag: str) -> bool:
    """Tell what stands in angles from an element of HTML or of Word."""
    name = _TAG_NAME.match(tag)
    return bool(name) and name[1].lower() not in tags and ":" not in name[1]


class _Walker:
    """Turns the parser's tokens into blocks, and sees that no line of the source is lost."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.parser = _parser()
        self.environment: dict = {}
        self.found: list[tuple[int, Block]] = []
        self.covered: set[int] = set()
        self.kind = "paragraph"
        self.level = 0
        self.tables = 0
        self.quotes = 0

    def blocks(self) -> list[Block]:
        tokens = self.parser.parse("\n".join(self.lines), self.environment)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
            elif token.type == "inline":
                self._inline(token)
            elif token.type == "fence":
                self._fence(token)
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "heading_open":
                self.kind, self.level = "heading", int(token.tag[1])
                self._cover(token)
            elif token.type == "list_item_open":
                self.kind = "item"
            elif token.type in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
            elif token.type in ("heading_close", "list_item_close", "paragraph_close"):
                self.kind, self.level = "paragraph", 0
            index += 1
        self._rescue()
        return [block for _, block in sorted(self.found, key=lambda entry: entry[0])]

    def _cover(self, token: Token) -> range:
        rows = range(*(token.map or (0, 0)))
        self.covered.update(rows)
        return rows

    def _add(self, row: int, blocks: Iterable[Block]) -> None:
        self.found += [(row, replace(block, quoted=True) if self.quotes else block) for block in blocks]

    def _inline(self, token: Token) -> None:
        rows = self._cover(token)
        if len(token.content) > LONGEST_LINE:
            self._add(rows.start, text.blocks(token.content, rows.start + 1))
            return
        kind, level = self.kind, self.level
        split = self._split(token.content)
        if kind == "heading" and len(split) > 1:
            # Several lines over a row of dashes: a paragraph and a rule, as people type it.
            kind, level = "paragraph", 0
        for position, (row, runs) in enumerate(split):
            row += rows.start
            place = f"line {row + 1}"
            self._add(row, [Block("line" if position else kind, runs, place, level, starts=position == 0)])

    def _split(self, content: str) -> list[tuple[int, tuple[Run, ...]]]:
        """Return the lines of inline content that say something, each with its number."""
        if not _MARKS.search(content):
            return [(0, runs)] if (runs := clean_runs([Run(content)])) and content.strip() else []
        tokens: list[Token] = []
        self.parser.inline.parse(content, self.parser, self.environment, tokens)
        lines: list[tuple[int, list[Run]]] = [(0, [])]
        bold = row = struck = 0
        silent = False
        href: str | None = None
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                row += 1
                lines.append((row, []))
            elif token.type == "html_inline":
                if _BREAK.match(token.content):
                    lines.append((row, []))
                elif tag := _SILENT_TAG.match(token.content):
                    silent = not tag[1]
                elif not silent and _is_no_element(token.content):
                    # Chats of some programs set names so: "<Ana Sample> hello".
                    lines[-1][1].append(Run(token.content, bold > 0, href))
            elif token.type == "link_open":
                href = str(token.attrs.get("href", ""))
            elif token.type == "link_close":
                href = None
            elif token.type in ("strong_open", "strong_close"):
                bold += token.nesting
            elif token.type in ("s_open", "s_close"):
                struck += token.nesting
            elif (
                token.type in ("text", "text_special", "code_inline")
                and not (silent or struck)
                or token.type == "image"
                and href is not None
            ):
                lines[-1][1].append(Run(token.content, bold > 0, href))
        cleaned = [(number, clean_runs(runs)) for number, runs in lines]
        return [(number, runs) for number, runs in cleaned if any(run.text.strip() for run in runs)]

    def _fence(self, token: Token) -> None:
        rows = self._cover(token)
        self._add(rows.start, text.blocks(token.content, rows.start + 2))

    def _html(self, token: Token) -> None:
        rows = self._cover(token)
        if _is_no_element(token.content):
            self._add(rows.start, text.blocks(token.content, rows.start + 1))
            return
        # Tables in it are numbered apart from those in Markdown.
        blocks = html.parse(token.content).blocks
        self._add(
            rows.start,
            [replace(block, place=f"line {rows.start + 1}", table=-block.table) for block in blocks],
        )

    def _table(self, tokens: list[Token], index: int) -> int:
        """Read the rows of a table; return the place of the token that closes it."""
        self.tables += 1
        row = 0
        first = self._cover(tokens[index]).start
        cells: list[tuple[Block, ...]] = []
        while tokens[index].type != "table_close":
            token = tokens[index]
            place = f"table {self.tables}, row {row}"
            if token.type == "tr_open":
                row += 1
                cells = []
            elif token.type == "inline":
                cells.append(tuple(Block("line", runs, place) for _, runs in self._split(token.content)))
            elif token.type == "tr_close" and any(cells):
                self._add(first, [Block("row", (), place, table=self.tables, cells=tuple(cells))])
            index += 1
        return index

    def _rescue(self) -> None:
        """Give back lines that Markdown takes for the targets of links, such as ``[Ana]: good morning``."""
        for number, content in enumerate(self.lines):
            if number not in self.covered and "]:" in content and not _LINK_DEFINITION.match(content):
                self._add(number, [line(content, f"line {number + 1}", starts=False)])
