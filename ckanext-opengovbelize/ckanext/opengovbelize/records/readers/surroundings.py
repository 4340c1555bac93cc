"""What surrounds the main content of a web page: its header is read, footers and asides are told of.

What stands in a footer or aside speaks of the site or of other sessions, and would follow a chat as if it were
part of it. Menus, cookie banners and small print are nothing to tell of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html

from ..problems import Problem
from ..titles import heading_of

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|gdpr|skip(?:-?link)?|search|share|sharing"
    r"|newsletter|subscribe|login|signin|account|language-?(?:switch\w*|selector)|lang|popup|modal|advert\w*|related"
    r"|recent|widget_(?!text)\w+|pagination|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What a blog puts round a page's own text: who posted it, comments of visitors, related posts.
_ATTACHED = re.compile(
    r"(?:^|\s)(?:comment-?list|comments-area|comment-respond|wp-block-comments\S*|disqus_thread|respond|sharedaddy"
    r"|jp-relatedposts|related-posts|entry-meta|post-meta|entry-footer|posted-on|byline|author-(?:box|bio)"
    r"|post-navigation|nav-links|breadcrumbs?)(?:$|\s)",
    re.IGNORECASE,
)
_BANNER = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr)(?:$|[\s_-])", re.IGNORECASE)
_ROLES = frozenset(("navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"))
_SMALL_PRINT = re.compile(
    r"\N{COPYRIGHT SIGN}|\(c\)\s*\d{4}|\bcopyright\b|all rights reserved|todos los derechos|derechos reservados"
    r"|\bpowered by\b|desarrollado por|privacy (?:policy|notice|statement)|pol[ií]tica de privacidad|\bcookies?\b"
    r"|terms (?:of|and)|t[eé]rminos (?:de|y)|back to top|volver arriba|skip to|ir al contenido|javascript",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"^(?:https?:)?//(?:[\w-]+\.)*(?:facebook|twitter|x|instagram|youtube|linkedin|tiktok|flickr)\.com/",
    re.IGNORECASE,
)
_AROUND = frozenset(("header", "hgroup", "footer", "aside"))
_LEAVES = frozenset(("p", "div", "li", "small", "span", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td"))
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "head", "title", "svg", "iframe", "nav", "form", "dialog")
)
_SHORTEST_MAIN = 200
_LONGEST_CONTROL = 3


def pieces(root: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement | Problem]:
    """Yield the parts of a page to be read, in their order, and what is told of those that are not.

    Where the page marks its main content, that is read, and the headers around it; else all of the body.
    The tree is changed: furniture is taken out of what surrounds the main content.
    """
    body = root.find("body")
    main = _main(root)
    whole = root if body is None else body
    for part in list(whole.iter(*_AROUND)):
        if part is not main and not _is_within(part, main):
            _clear(part)
    yield from _without_attached(whole)
    if main is None:
        for banner in [element for element in whole.iterdescendants() if _is_banner(element)]:
            if banner.getparent() is not None:
                banner.drop_tree()
        for part in list(whole.iter("aside", "footer")):
            yield from _outer(part, whole)
            if part.getparent() is not None:
                part.drop_tree()
        yield whole
        return
    before, after = _around(main, whole)
    for part in before:
        yield from _outer(part, main)
    yield main
    for part in after:
        yield from _outer(part, main)


def _without_attached(whole: lxml.html.HtmlElement) -> Iterator[Problem]:
    """Take out what a blog attaches to a page; what visitors wrote below it is told of."""
    for element in list(whole.iterdescendants()):
        if not isinstance(element.tag, str) or not _ATTACHED.search(_marks(element)):
            continue
        section = _comments_around(element)
        if section.getparent() is not None and _is_within(section, whole):
            if _says_something(section) and "comment" in _marks(element):
                yield _left_out(section)
            section.drop_tree()


def _comments_around(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the section of comments that a list of comments stands in, with its heading."""
    parent = element.getparent()
    return parent if parent is not None and re.search(r"\bcomments\b", _marks(parent)) else element


def _main(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """Return the element with the page's own content: the only one that says so."""
    for marked in (root.findall(".//main"), root.findall(".//*[@role='main']"), root.findall(".//article")):
        if len(marked) == 1 and len(marked[0].text_content().strip()) > _SHORTEST_MAIN:
            return marked[0]
    return None


def _is_within(element: lxml.html.HtmlElement, other: lxml.html.HtmlElement | None) -> bool:
    return other is not None and any(above is other for above in element.iterancestors())


def _around(
    main: lxml.html.HtmlElement, whole: lxml.html.HtmlElement
) -> tuple[list[lxml.html.HtmlElement], list[lxml.html.HtmlElement]]:
    """Return the elements before and after the main one, each as high in the tree as it can be."""
    before: list[lxml.html.HtmlElement] = []
    after: list[lxml.html.HtmlElement] = []
    element = main
    while element is not whole and element is not None:
        before = [*reversed(list(element.itersiblings(preceding=True))), *before]
        after += element.itersiblings()
        element = element.getparent()
    return before, after


def _outer(
    part: lxml.html.HtmlElement, main: lxml.html.HtmlElement
) -> Iterator[lxml.html.HtmlElement | Problem]:
    if not isinstance(part.tag, str) or part.tag in _SILENT or _is_furniture(part):
        return
    if part.tag in ("header", "hgroup") or part.get("role") == "banner":
        yield _without_headings(part) if _has_title(main) else part
        return
    for header in list(part.iter("header", "hgroup")):
        if header.getparent() is not None:
            yield from _outer(header, main)
            header.drop_tree()
    _clear(part)
    if _says_something(part):
        yield _left_out(part)


def _has_title(main: lxml.html.HtmlElement) -> bool:
    heads = main.iter("h1", "h2", "h3")
    return any(head.tag == "h1" or heading_of(_text(head)) for head in heads)


def _without_headings(part: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return a header whose headings are paragraphs: they name site or program, not the session."""
    for head in part.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        head.tag = "p"
    return part


def _left_out(part: lxml.html.HtmlElement) -> Problem:
    return Problem(
        "beside-main-content",
        "Text outside the page's main content was left out here. If it belongs to the session, move it into"
        " the main content or the header of the page.",
        place=f"{part.tag}, line {part.sourceline}" if part.sourceline else str(part.tag),
    )


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _leaves(part: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the elements of text in which there are no further such elements."""
    return [
        element
        for element in part.iter(*_LEAVES)
        if element.tag != "span"
        and not any(child.tag in _LEAVES - {"span"} for child in element.iterdescendants())
    ]


def _says_something(part: lxml.html.HtmlElement) -> bool:
    silent = sum(len(_text(element)) for element in part.iter(*_SILENT, "button", "select"))
    return len(_text(part)) - silent > 2


def _is_furniture(element: lxml.html.HtmlElement) -> bool:
    return element.get("role") in _ROLES or bool(_FURNITURE.search(_marks(element)))


def _marks(element: lxml.html.HtmlElement) -> str:
    return " ".join((element.get("class") or "", element.get("id") or ""))


def _is_banner(element: lxml.html.HtmlElement) -> bool:
    return isinstance(element.tag, str) and bool(_BANNER.search(_marks(element)))


def _clear(part: lxml.html.HtmlElement) -> None:
    """Take menus, banners, small print and links to other pages of the site out of an element."""
    for element in list(part.iterdescendants()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_furniture(element):
            element.drop_tree()
    for listed in list(part.iter("ul", "ol")):
        items = [item for item in listed if isinstance(item.tag, str)]
        if items and all(_is_only_site_link(item) for item in items) and listed.getparent() is not None:
            listed.drop_tree()
    loose = [
        link for link in part.iter("a") if link.getparent() is not None and link.getparent().tag in _AROUND
    ]
    for leaf in [*_leaves(part), *loose]:
        text = _text(leaf)
        short = len(text.split()) <= _LONGEST_CONTROL
        if leaf is not part and (
            (_SMALL_PRINT.search(text) and len(text) < _SHORTEST_MAIN) or (short and _is_only_site_link(leaf))
        ):
            leaf.drop_tree()


def _is_only_site_link(element: lxml.html.HtmlElement) -> bool:
    links = list(element.iter("a"))
    linked = sum(len(_text(link)) for link in links)
    return (
        bool(links)
        and linked >= len(_text(element)) - len(links)
        and not any(_SOCIAL.match(link.get("href") or "") for link in links)
    )
