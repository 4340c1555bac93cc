"""What a page of a PDF shows, read with pypdf: pieces of text and straight rules, each at its place.

pypdf's own way of reading text gives the place of a line, not of the cells on it. So its operations are gone
over here, with its fonts telling letters and widths. It unpacks no more than its limits allow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject
from pypdf.generic._font import Font

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_MOST_PIECES = 20_000
# What a form costs at least, in bytes of drawing: one that shows others that show others is a bomb.
_LEAST_COST = 1_000
# A page with more rules shows a drawing; one of sessions has a few tables.
_MOST_RULES = 4_000
_DEEPEST = 8
# In points: what is thinner is a line, though it is drawn as an area; what is shorter is no rule of a table.
_THIN, _SHORT = 3.0, 5.0
# Of the size of the letters: pieces closer than this are one; so close in height they are on one line.
_TOUCHES, _SAME_LINE = 0.12, 0.5

# Letters that a font draws as one, such as fi; a name with one would not be the same name.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}

Matrix = list[float]
_IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


@dataclass
class Piece:
    """Some text on one line, in points from the page's lower left corner."""

    text: str
    x: float
    right: float
    y: float
    size: float
    bold: bool

    def is_on_line_of(self, other: Piece) -> bool:
        """Tell whether another piece stands on the same line."""
        return abs(self.y - other.y) < _SAME_LINE * max(self.size, other.size)


@dataclass(frozen=True)
class Rule:
    """A straight line, across or down: where it begins and ends, and at which height or distance it is."""

    start: float
    end: float
    at: float


@dataclass
class Page:
    """What a page shows, in the order in which it is drawn; ``links`` are rectangles and where they lead."""

    pieces: list[Piece] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    links: list[tuple[list[float], str]] = field(default_factory=list)
    cut: bool = False


@dataclass
class Budget:
    """How many bytes of drawing may still be read of a document, so that none costs more than its time."""

    left: int
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)


def show(page: Any, budget: Budget) -> Page:
    """Return what a page of pypdf shows; ``cut`` says that it holds more than a document may."""
    canvas = _Canvas(page.pdf, budget)
    contents = page.get("/Contents")
    canvas.draw(contents.get_object() if contents is not None else None, _resources(page), 0)
    canvas.page.links = _links(page)
    return canvas.page


@dataclass
class _State:
    """The part of the graphics state that text and rules depend on."""

    ctm: Matrix = field(default_factory=lambda: list(_IDENTITY))
    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 100.0
    leading: float = 0.0
    rise: float = 0.0


_NUMBERS = {
    b"Tc": "character_space", b"Tw": "word_space", b"Tz": "scale", b"TL": "leading", b"Ts": "rise",
}  # fmt: skip
_PAINTS = (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")


class _Canvas:
    def __init__(self, pdf: Any, budget: Budget) -> None:
        self.pdf = pdf
        self.budget = budget
        self.page = Page()
        self.state = _State()
        self.saved: list[_State] = []
        self.text: Matrix = list(_IDENTITY)
        self.line: Matrix = list(_IDENTITY)
        self.path: list[tuple[tuple[float, float], tuple[float, float]]] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.at = self.begun = (0.0, 0.0)

    def draw(self, stream: Any, resources: Any, depth: int) -> None:
        """Go over the operations of a page, or of a form that it shows."""
        if stream is None or depth > _DEEPEST:
            return
        content = ContentStream(stream, self.pdf, "bytes")
        cost = max(len(content.get_data()), _LEAST_COST)
        if cost > self.budget.left:
            # What follows may be less.
            self.page.cut = True
            return
        self.budget.left -= cost
        fonts = _dictionary(resources, "/Font")
        for operands, operator in content.operations:
            try:
                if operator == b"Tf":
                    self.state.font = self._font(fonts, operands[0])
                    self.state.size = float(operands[1])
                elif operator == b"Do":
                    self._form(_dictionary(resources, "/XObject"), operands[0], resources, depth)
                else:
                    self._operate(operator, operands)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError):
                # A broken operation shows nothing; the others do.
                continue

    def _font(self, fonts: Any, name: str) -> Font | None:
        raw = fonts.raw_get(name) if name in fonts else None
        if raw is None:
            return None
        key = (raw.idnum, raw.generation) if isinstance(raw, IndirectObject) else (id(raw), -1)
        if key not in self.budget.fonts:
            font = raw.get_object()
            if not isinstance(font, DictionaryObject):
                return None
            self.budget.fonts[key] = Font.from_font_resource(font)
        return self.budget.fonts[key]

    def _form(self, objects: Any, name: str, outer: Any, depth: int) -> None:
        form = objects[name].get_object()
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        kept, saved = replace(self.state), self.saved
        self.saved = []
        self.state.ctm = _times([float(number) for number in form.get("/Matrix", _IDENTITY)], self.state.ctm)
        self.draw(form, form.get("/Resources", outer), depth + 1)
        self.state, self.saved = kept, saved

    def _operate(self, operator: bytes, operands: list[Any]) -> None:
        state = self.state
        if operator == b"q":
            self.saved.append(replace(state))
        elif operator == b"Q":
            self.state = self.saved.pop()
        elif operator == b"cm":
            state.ctm = _times([float(number) for number in operands], state.ctm)
        elif operator in _NUMBERS:
            setattr(state, _NUMBERS[operator], float(operands[0]))
        elif operator in _PAINTS:
            self._paint(closed=operator in (b"s", b"b", b"b*"))
        elif operator == b"n":
            self.path, self.boxes = [], []
        elif operator in (b"m", b"l", b"h", b"re", b"c", b"v", b"y"):
            self._outline(operator, [float(number) for number in operands])
        else:
            self._write(operator, operands)

    # Text

    def _write(self, operator: bytes, operands: list[Any]) -> None:
        if operator == b"BT":
            self.text, self.line = list(_IDENTITY), list(_IDENTITY)
        elif operator == b"Tm":
            self.line = [float(number) for number in operands[:6]]
            self.text = list(self.line)
        elif operator in (b"Td", b"TD"):
            if operator == b"TD":
                self.state.leading = -float(operands[1])
            self._next_line(float(operands[0]), float(operands[1]))
        elif operator == b"T*":
            self._next_line(0, -self.state.leading)
        elif operator == b"Tj":
            self._show(operands[0])
        elif operator == b"TJ":
            for part in operands[0]:
                if isinstance(part, (str, bytes)):
                    self._show(part)
                else:
                    back = float(part) / 1000 * self.state.size * self.state.scale / 100
                    self.text = _times([1, 0, 0, 1, -back, 0], self.text)
        elif operator == b"'":
            self._next_line(0, -self.state.leading)
            self._show(operands[0])
        elif operator == b'"':
            self.state.word_space, self.state.character_space = float(operands[0]), float(operands[1])
            self._next_line(0, -self.state.leading)
            self._show(operands[2])

    def _next_line(self, x: float, y: float) -> None:
        self.line = _times([1, 0, 0, 1, x, y], self.line)
        self.text = list(self.line)

    def _show(self, value: str | bytes) -> None:
        state = self.state
        if len(self.page.pieces) >= _MOST_PIECES:
            self.page.cut = True
        if state.font is None or self.page.cut:
            return
        shown = TextStateParams(
            value, state.font, state.size, state.character_space, state.word_space, state.scale,
            state.leading, state.rise, _times(self.text, state.ctm),
        )  # fmt: skip
        self.text = _times([1, 0, 0, 1, shown.word_tx(value), 0], self.text)
        text = shown.text.replace("\n", " ").translate(_LIGATURES)
        if text.strip() or (text and self.page.pieces):
            piece = Piece(
                text,
                shown.tx,
                max(shown.displaced_tx, shown.tx),
                shown.ty,
                max(shown.font_height, 1),
                bool(_BOLD.search(state.font.name)),
            )
            self._add(piece)

    def _add(self, piece: Piece) -> None:
        """Add a piece, or lengthen the last one where it goes on without a blank."""
        last = self.page.pieces[-1] if self.page.pieces else None
        if last is not None and last.bold == piece.bold and abs(last.y - piece.y) < 0.5:
            room = piece.x - last.right
            if abs(room) < _TOUCHES * piece.size and abs(last.size - piece.size) < 0.5:
                last.text += piece.text
                last.right = piece.right
                return
        if piece.text.strip():
            self.page.pieces.append(piece)

    # Rules

    def _outline(self, operator: bytes, numbers: list[float]) -> None:
        if operator == b"re":
            x, y, width, height = numbers[:4]
            (left, low), (right, high) = self._point(x, y), self._point(x + width, y + height)
            self.boxes.append((min(left, right), min(low, high), max(left, right), max(low, high)))
        elif operator == b"h":
            self.path.append((self.at, self.begun))
            self.at = self.begun
        else:
            point = self._point(*numbers[-2:])
            if operator == b"m":
                self.begun = point
            elif operator == b"l":
                self.path.append((self.at, point))
            self.at = point
        if len(self.path) + len(self.boxes) > _MOST_RULES:
            self.path, self.boxes = [], []

    def _point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.state.ctm
        return a * x + c * y + e, b * x + d * y + f

    def _paint(self, *, closed: bool) -> None:
        if closed and self.path:
            self.path.append((self.at, self.begun))
        if len(self.page.across) + len(self.page.down) < _MOST_RULES:
            for (x, y), (to_x, to_y) in self.path:
                self._rule(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            for left, low, right, high in self.boxes:
                for edge in _edges(left, low, right, high):
                    self._rule(*edge)
        self.path, self.boxes = [], []

    def _rule(self, left: float, low: float, right: float, high: float) -> None:
        if high - low <= _THIN < _SHORT <= right - left:
            self.page.across.append(Rule(left, right, (low + high) / 2))
        elif right - left <= _THIN < _SHORT <= high - low:
            self.page.down.append(Rule(low, high, (left + right) / 2))


def _edges(left: float, low: float, right: float, high: float) -> Iterable[tuple[float, float, float, float]]:
    """Return the edges of a box; of a thin one, which is a line, itself."""
    if min(right - left, high - low) <= _THIN:
        return [(left, low, right, high)]
    return [
        (left, low, right, low),
        (left, high, right, high),
        (left, low, left, high),
        (right, low, right, high),
    ]


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return [
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    ]  # fmt: skip


def _dictionary(resources: Any, name: str) -> Any:
    found = resources.get_object() if resources is not None else None
    found = found.get(name) if isinstance(found, DictionaryObject) else None
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _resources(page: Any) -> Any:
    """Return the resources of a page, its own or those that it inherits."""
    node, seen = page, 0
    while isinstance(node, DictionaryObject) and seen < 50:
        if (found := node.get("/Resources")) is not None:
            return found
        parent = node.get("/Parent")
        node, seen = parent.get_object() if parent is not None else None, seen + 1
    return None


def _links(page: Any) -> list[tuple[list[float], str]]:
    found = []
    for reference in page.get("/Annots") or []:
        annotation = reference.get_object()
        action = annotation.get("/A")
        action = action.get_object() if action is not None else {}
        if annotation.get("/Subtype") == "/Link" and "/URI" in action:
            rectangle = [float(number) for number in annotation["/Rect"]]
            found.append((rectangle, str(action["/URI"])))
    return found[:2_000]
