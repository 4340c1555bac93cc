"""Web pages, read with lxml: the main content as blocks, without scripts, styles and the page's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import lxml.etree
import lxml.html

from .. import dates, day_order, zones
from ..document import LONGEST_LINE, Block, Document, Run, clean_runs
from ..encoding import decode
from ..links import kind_of
from ..problems import Problem
from . import surroundings, text
from .content import Content

_SKIPPED = frozenset(
    [
        # What is struck out was taken back.
        "s",
        "strike",
        "del",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "button",
        "input",
        "textarea",
        "head",
        "title",
        "nav",
        "form",
        "dialog",
        "map",
        "datalist",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|td|tr|table|section|article|main|span|strong|b)\s*>|<br\s*/?>", re.IGNORECASE
)
_BOLD = frozenset(("b", "strong"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Tables with longer cells, or with tables within, are there for the layout of the page, not to hold data.
_MOST_CELLS = 12


def recognises(content: Content) -> bool:
    """Tell a web page, or a piece of one, by how it begins or by its tags."""
    sample = content.sample
    if _START.match(sample):
        return True
    is_tag_first = sample.lstrip().startswith("<")
    says_text = content.suffix in (".md", ".markdown", ".txt", ".text")
    says_html = content.says("html") or content.suffix in (".html", ".htm", ".xhtml")
    tags = len(_TAG.findall(sample))
    return bool(tags) and (says_html or (is_tag_first and tags > 2)) and (is_tag_first or not says_text)


def read(data: bytes, content_type: str = "") -> Document:
    """Read a web page in any common encoding."""
    content, whole = decode(data, content_type)
    document = parse(content)
    if not whole:
        document.problems.append(text.UNREADABLE_BYTES)
    return document


def parse(content: str) -> Document:
    """Read the text of a web page, or of a piece of one."""
    content = content.lstrip("\ufeff").replace("\x00", "")
    if not content.strip():
        return Document()
    # libxml2 bounds the depth itself, and HTML knows no entities of one's own, so there is no bomb;
    # huge_tree lets
    # long texts in, whose size our caller has bounded.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = lxml.html.document_fromstring(content.encode("utf-8", errors="replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return Document()
    walker = _Walker()
    document = Document(title=" ".join((root.findtext(".//title") or "").split()))
    for piece in surroundings.pieces(root):
        if isinstance(piece, Problem):
            document.problems.append(piece)
        else:
            walker.walk(piece)
    document.blocks = walker.blocks
    if any(
        "xcessive depth" in error.message or "limit exceeded" in error.message for error in parser.error_log
    ):
        document.problems.append(
            Problem(
                "page-cut-short",
                "The page is nested deeper than a page can sensibly be, and was read in part only. Send a"
                " plain version.",
            )
        )
    return document


def _skipped(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


class _Walker:
    """Walks a tree without recursion, so that deep nesting is no danger, and collects its lines."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.paragraphs = 0
        self.tables = 0
        self.starts = True
        self.bold = 0
        self.href: str | None = None
        self.kind = "paragraph"
        self.level = 0
        self.preformatted = 0
        self.captions = 0
        self.quotes = 0
        self.term = ""
        # Tables that hold data: number, rows so far, cells of the row, place in blocks where the cell begins.
        self.table = 0
        self.row = 0
        self.cells: list[tuple[Block, ...]] = []
        self.cell_start = 0

    def walk(self, root: lxml.html.HtmlElement) -> None:
        for event, element in _events(root):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                self._open(tag, element)
                self._text(_settled(element) if tag == "time" else element.text)
                continue
            if event == "end":
                self._close(tag, element)
            if element is not root:
                self._text(element.tail)
        self._flush()

    def _open(self, tag: str, element: lxml.html.HtmlElement) -> None:
        if tag == "br":
            self._flush(new_paragraph=False)
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in _BOLD or _BOLD_STYLE.search(element.get("style") or ""):
            self.bold += 1
        if tag == "a" and element.get("href") is not None:
            self.href = element.get("href")
        elif tag == "img" and self.href is not None:
            self._text(element.get("alt"))
        elif re.fullmatch("h[1-6]", tag):
            self.kind, self.level = "heading", int(tag[1])
        elif tag == "li":
            self.kind = "item"
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "figcaption":
            self.captions += 1
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "table":
            self.table = 0
            if _holds_data(element):
                self.tables += 1
                self.table, self.row = self.tables, 0
        elif tag == "tr":
            self.row += 1
            self.cells = []
        elif tag in ("td", "th"):
            self.cell_start = len(self.blocks)

    def _close(self, tag: str, element: lxml.html.HtmlElement) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in _BOLD or _BOLD_STYLE.search(element.get("style") or ""):
            self.bold -= 1
        if tag == "a":
            self.href = None
        elif tag in ("li",) or re.fullmatch("h[1-6]", tag):
            self.kind, self.level = "paragraph", 0
        elif tag == "pre":
            self.preformatted -= 1
        elif tag == "figcaption":
            self.captions -= 1
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag == "dt" and self.blocks:
            self.term = self.blocks.pop().text
        elif tag == "dd":
            self.term = ""
        elif tag == "table":
            self.table = 0
        elif tag in ("td", "th") and self.table:
            self.cells.append(tuple(self.blocks[self.cell_start :]))
            del self.blocks[self.cell_start :]
        elif tag == "tr" and self.table and any(self.cells):
            place = f"table {self.table}, row {self.row}"
            cells = tuple(tuple(_placed(block, place) for block in cell) for cell in self.cells)
            self.blocks.append(Block("row", (), place, table=self.table, cells=cells))
            self.cells = []

    def _text(self, content: str | None) -> None:
        if not content:
            return
        if self.preformatted:
            for position, piece in enumerate(text.split_lines(content)):
                if position:
                    self._flush(new_paragraph=False)
                self._run(piece)
        else:
            # A line end of the source stays: it may be the only sign of a line.
            self._run(re.sub(r"[ \n\r\f\t]{2,}|[\n\r\f]", _space, content))

    def _run(self, content: str) -> None:
        if content:
            self.runs.append(Run(content, self.bold > 0, self.href))

    def _flush(self, *, new_paragraph: bool = True) -> None:
        runs = clean_runs(self.runs)
        self.runs = []
        if any(run.text.strip() for run in runs):
            if self.starts:
                self.paragraphs += 1
            kind = self.kind if self.starts else "line"
            if (bulleted := _without_bullet(runs)) != runs and kind != "heading":
                # Word saves the items of a list as paragraphs with a dot in front.
                kind, runs = "item", bulleted
            place = f"paragraph {self.paragraphs}"
            if self.captions:
                # Whom a picture shows has no role by that.
                kind, runs = "beside", () if self.table else _materials(runs)
            elif sum(len(run.text) for run in runs) > LONGEST_LINE:
                kind, runs = "overlong", ()
            quoted = self.quotes > 0
            self.blocks.append(
                Block(kind, runs, place, self.level, self.starts, term=self.term, quoted=quoted)
            )
            self.term = ""
            self.starts = False
        if new_paragraph:
            self.starts = True


def _settled(element: lxml.html.HtmlElement) -> str:
    """Return the text of a time, with what it says to machines where its words leave it open: the day, the year."""
    said = element.text or ""
    try:
        moment = datetime.fromisoformat((element.get("datetime") or "").strip())
    except ValueError:
        return said
    day = (moment.astimezone(ZoneInfo(zones.BELIZE)) if moment.utcoffset() == timedelta() else moment).date()
    said = day_order.on_day(said, day)
    return dates.with_year(said, day.year) if dates.has_no_year(said) else said


def _materials(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the links to slides, recordings and the like, called what they are, whomever their words name."""
    kinds = ((kind_of(title, href), href) for title, href in Block("beside", runs).links)
    return tuple(Run(kind.capitalize(), href=href) for kind, href in kinds if kind)


def _without_bullet(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    text_of_line = "".join(run.text for run in runs)
    bullet = text.BULLET.match(text_of_line)
    return Block("line", runs).after(len(text_of_line[: bullet.end()].lstrip())).runs if bullet else runs


def _events(root: lxml.html.HtmlElement) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Yield the beginning and the end of each element; of one that does not show only that it was skipped."""
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element is not root and _skipped(element):
            walk.skip_subtree()
        elif event == "start" or not _skipped(element):
            yield event, element
        else:
            yield "skipped", element


def _space(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else "\t" if "\t" in spaces[0] else " "


def _placed(block: Block, place: str) -> Block:
    return Block(block.kind, block.runs, place, block.level, block.starts, block.term)


def _holds_data(table: lxml.html.HtmlElement) -> bool:
    if table.find(".//table") is not None:
        return False
    rows = table.findall(".//tr")
    return all(len(row) <= _MOST_CELLS for row in rows) and any(len(row) > 1 for row in rows)
