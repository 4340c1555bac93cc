"""Charts of counts, some of which are withheld: a withheld one has a mark of its own, never a length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

# Height of a bar with its gap, of a heading above bars, and how much of the page the longest bar takes, in per cent.
BAR, HEADING, GAP = 22, 22, 10
LONGEST = 62
# Width of the mark that stands for a withheld figure, in pixels.
MARK = 34

_SVG = Markup(
    '<svg class="ogb-chart ogb-chart-counts" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" '
    'height="{height}"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>'
    '<defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line y2="6" class="ogb-hatch"/></pattern></defs>{body}</svg>'
)


@dataclass(frozen=True)
class Bar:
    """One figure.

    Attributes:
        kind: what tells its colour: ``all``, ``in-person``, ``online`` or ``other``.
        label: what it counts, in words; empty where the heading says it.
        value: the count, or None where it is withheld.
    """

    kind: str
    label: str
    value: int | None


def bars(
    groups: Sequence[tuple[str, Sequence[Bar]]], *, id_: str, title: str, description: str, withheld: str
) -> Markup:
    """Draw the bars of each group below its heading.

    Args:
        groups: headings, each with its bars.
        id_: of the drawing, unique on the page.
        title: of the drawing.
        description: what it shows, in a sentence.
        withheld: the word for a figure that is withheld.
    """
    values = [bar.value for _heading, found in groups for bar in found if bar.value is not None]
    most = max(values, default=0)
    y = 0
    drawn: list[Markup] = []
    for heading, found in groups:
        if heading:
            drawn.append(
                Markup('<text class="ogb-chart-label" x="0" y="{y}">{heading}</text>').format(
                    y=y + 14, heading=heading
                )
            )
            y += HEADING
        for bar in found:
            drawn.append(_bar(bar, y, most, id_, withheld))
            y += BAR
        y += GAP
    return _SVG.format(
        id=id_, title=title, description=description, height=max(y - GAP, 0), body=Markup("").join(drawn)
    )


def _bar(bar: Bar, y: int, most: int, id_: str, withheld: str) -> Markup:
    if bar.value is None:
        words = f"{withheld} · {bar.label}" if bar.label else withheld
        return Markup(
            '<g><rect class="ogb-withheld" x="0.5" y="{y}" width="{mark}" height="16" rx="3"/>'
            '<rect fill="url(#{id}-hatch)" x="0.5" y="{y}" width="{mark}" height="16" rx="3"/>'
            '<text class="ogb-count ogb-count-withheld" x="{text}" y="{base}">{words}</text></g>'
        ).format(y=y + 1, id=id_, mark=MARK, text=MARK + 8, base=y + 13, words=words)
    width = round(LONGEST * bar.value / most, 2) if most else 0
    words = f"{bar.value} · {bar.label}" if bar.label else str(bar.value)
    return Markup(
        '<g><rect class="ogb-bar ogb-bar-{kind}" x="0" y="{y}" width="{width}%" height="16" rx="3"/>'
        '<svg x="{width}%" y="{base}" overflow="visible"><text class="ogb-count" x="8" y="0">{words}</text></svg></g>'
    ).format(kind=bar.kind, y=y + 1, width=max(width, 0.4), base=y + 13, words=words)
