"""Web addresses in a record: links shared, social media, and the presentation and video of a session."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import access
from .document import Block
from .names import is_name
from .problems import Problem
from .session import Link, Material
from .words import URL, behind_redirect, fold, squeeze, trim, trim_url

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("captions", re.compile(r"\b(?:captions?|subtitles?|subtitulos)\b")),
    ("transcript", re.compile(r"\b(?:transcripts?|transcripcion(?:es)?)\b")),
    ("video", re.compile(r"\b(?:videos?|recordings?|recorded|grabacion(?:es)?|watch|youtube|vimeo|mp4)\b")),
    ("presentation", re.compile(r"\b(?:presentations?|slides?|slide deck|deck|power ?points?|ppt|pptx"
                                r"|presentacion(?:es)?|diapositivas?|laminas?|filminas?)\b")),
)  # fmt: skip
_BY_ADDRESS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("video", re.compile(r"\.(?:mp4|webm|mov|m4v)(?:$|[?#])|(?:youtube\.com|youtu\.be|vimeo\.com)/", re.I)),
    ("presentation", re.compile(r"\.(?:pptx?|odp|key)(?:$|[?#])|slideshare\.net/"
                                r"|docs\.google\.com/presentation", re.I)),
    ("captions", re.compile(r"\.(?:vtt|srt)(?:$|[?#])", re.I)),
)  # fmt: skip
_PLATFORMS = {
    "facebook": "https://www.facebook.com/", "twitter": "https://twitter.com/", "instagram": "https://www.instagram.com/",
    "x": "https://x.com/",
}  # fmt: skip
_MOST_WORDS_OF_A_NETWORK = 3
_HOSTS = ("facebook", "twitter", "instagram", "linkedin", "youtube", "tiktok", "flickr", "x")
_BARE = re.compile(
    r"(?<![@\w./])(?:www\.[\w-]+(?:\.[\w-]+)+|(?:facebook|twitter|instagram|youtube|linkedin|tiktok)\.com)(?:/[^\s<>\"”»]*)?",
    re.I,
)
_HANDLE = re.compile(r"(?<!\w)@([A-Za-z0-9_.]{2,40})")
_MATERIAL_WORDS = re.compile(
    r"(?:(?:the|of|for|by|to|a|in|and|here|download|view|see|watch|open|click|pdf|pptx?|english|spanish|ingles|espanol|part|no|webinar|session"
    r"|la|el|de|del|en|ver|vea|descargar|aqui|sesion|parte|webinario|zoom|power|point|full|first|second|primera|segunda|\d{1,2}"
    r"|available|soon|coming|pending|be|uploaded|disponible|pronto)\s*)*"
)


def addresses(block: Block) -> list[tuple[str, str]]:
    """Return title and target of everything on a line that is a link, or should be, wherever it leads."""
    found: list[tuple[str, str]] = []
    for text, href in block.links:
        if not href.lower().startswith("mailto:"):
            found.append(("" if URL.fullmatch(text) else squeeze(text), href))
    plain = "".join(run.text for run in block.runs if run.href is None)
    found += [("", trim_url(url)) for url in URL.findall(plain)]
    found += [("", f"https://{trim_url(bare[0])}") for bare in _BARE.finditer(URL.sub(" ", plain))]
    return found


def web_address(href: str) -> str:
    """Return an address if it is one on the web, else nothing: not ``#``, not ``javascript:``, not a path."""
    href = behind_redirect(href.strip())
    return (
        href
        if re.fullmatch(r"https?://[^\s<>\"/?#][^\s<>\"]*", href, re.IGNORECASE) and len(href) <= 2000
        else ""
    )


def hidden(block: Block) -> list[Link | Material]:
    """Return what the links within a sentence lead to, where their words do not say it.

    Nothing of an address is left in prose but its words. A link on somebody's name leads to that person's page, and
    one into a meeting is for those who were invited.
    """
    found: list[Link | Material] = []
    for title, href in block.links:
        url = web_address(href)
        if not url or URL.search(title) or access.is_meeting_link(url):
            continue
        name = "" if _GENERIC.fullmatch(title) else squeeze(title)
        if kind := kind_of(name, url):
            found.append(Material(kind, url, name or kind.capitalize(), block.place))
        elif not is_name(title):
            found.append(Link("shared", url, name, block.place))
    return found


def around(block: Block) -> str:
    """Return what a line says besides its links."""
    plain = "".join(run.text for run in block.runs if run.href is None)
    return trim(re.sub(r"\(\s*#?\s*\)|<\s*>|\[\s*\]", " ", without_addresses(plain)))


def without_addresses(text: str) -> str:
    """Return a text without the web addresses in it."""
    return _BARE.sub(" ", URL.sub(" ", text))


def names_account(block: Block) -> bool:
    """Tell whether a line gives an account by the name of its network: "Facebook: @Boats"."""
    network = fold(block.term or block.text).partition(" ")[0]
    if network not in _HOSTS[:-1]:
        return False
    found = addresses(block) or _from_handle(block)
    return bool(found) and all(f"{network}.com" in url.lower() for _, url in found)


def read_links(kind: str, lines: Iterable[Block]) -> tuple[list[Link], list[Problem], list[Block]]:
    """Read the part that lists links; return also the lines that hold none."""
    links: list[Link] = []
    problems: list[Problem] = []
    stray: list[Block] = []
    # A line without an address is the title of the one below it.
    pending: Block | None = None
    seen: set[str] = set()
    for block in lines:
        found = addresses(block)
        if not found and kind == "social_media":
            found = _from_handle(block)
        if not found:
            stray += [pending] if pending else []
            pending = block
            continue
        said = around(block) or trim(block.term)
        if pending is not None:
            above = trim(pending.text)
            is_title = not said and (kind != "social_media" or len(above.split()) <= _MOST_WORDS_OF_A_NETWORK)
            said = above if is_title else said
            stray += [] if is_title else [pending]
        pending = None
        for title, href in found:
            url = web_address(href)
            if not url:
                problems.append(_without_address(block, "links"))
            elif url not in seen:
                seen.add(url)
                own = "social_media" if block.term and names_account(block) else kind
                name = _social(url, said) if own == "social_media" else title or said
                links.append(Link(own, url, name, block.place))
    return links, problems, stray + ([pending] if pending else [])


def _social(url: str, said: str) -> str:
    """Return the name of the network; neither a handle nor an e-mail address is a title, nor is a part of one."""
    host = (re.match(r"https?://(?:www\.|m\.)?([\w-]+)", url) or [""] * 2)[1].lower()
    name = trim(re.sub(r"[^\s(]*[@#]\S+", " ", said))
    if name and len(name.split()) <= _MOST_WORDS_OF_A_NETWORK:
        return name
    return (
        {"youtube": "YouTube", "linkedin": "LinkedIn", "tiktok": "TikTok"}.get(host, host.capitalize())
        if host in _HOSTS
        else ""
    )


def _from_handle(block: Block) -> list[tuple[str, str]]:
    """Return the address of an account that is named by network and handle."""
    handle = _HANDLE.search(block.text)
    words = fold(f"{block.term} {block.text}").split()
    network = next((word for word in words if word in _PLATFORMS), "")
    return [("", _PLATFORMS[network] + handle[1].rstrip("."))] if handle and network else []


def kind_of(text: str, address: str = "", default: str = "") -> str:
    """Return the kind of material that a text or an address speaks of."""
    folded = fold(text)
    kinds = [kind for kind, pattern in _KINDS if pattern.search(folded)]
    if kinds:
        return kinds[0]
    return next((kind for kind, pattern in _BY_ADDRESS if pattern.search(address)), default)


def names_material(block: Block) -> bool:
    """Tell whether a line outside any part is nothing but presentation, video or the like."""
    said = fold(without_addresses(block.text))
    kinds = [(kind, pattern) for kind, pattern in _KINDS if pattern.search(said)]
    if not kinds or len(block.text) > 300:
        return False
    if (
        block.links
        and all(kind_of(text) for text, _ in block.links)
        and not around(block).replace("|", "").strip()
    ):
        return True
    for _, pattern in kinds:
        said = pattern.sub(" ", said)
    return bool(_MATERIAL_WORDS.fullmatch(said.strip())) and (
        bool(addresses(block)) or len(block.text.split()) <= 4
    )


def read_materials(
    lines: Iterable[Block], default: str = ""
) -> tuple[list[Material], list[Problem], list[Block]]:
    """Read presentations and videos; one that is named without an address is kept, and reported."""
    materials: list[Material] = []
    problems: list[Problem] = []
    stray: list[Block] = []
    for block in lines:
        label = trim(block.term)
        found = addresses(block)
        said = around(block)
        if not found:
            kind = kind_of(f"{label} {said}", default=default)
            if not kind:
                stray.append(block)
                continue
            found = [("", "")]
        for title, href in found:
            url = web_address(href)
            name = _title(title, said, label)
            kind = kind_of(name, url, "") or kind_of(f"{label} {said}", url, default) or "other"
            material = Material(kind, url, name or kind.capitalize(), block.place)
            materials.append(material)
            if not url:
                problems.append(_without_address(block, "resources"))
    return materials, problems, stray


_GENERIC = re.compile(
    r"(?:click )?here|aqu[ií]|link|enlace|download|descargar|ver|view|pdf|open|abrir", re.IGNORECASE
)
_PENDING = re.compile(
    r"\s*\(?\s*\b(?:to be (?:uploaded|added|published|shared)|coming soon|pending|tba|tbd|n/a|pr[oó]ximamente"
    r"|pendiente|por publicar)\b\s*\)?",
    re.IGNORECASE,
)


def _title(title: str, said: str, label: str) -> str:
    """Return how a material is called: its link, what stands beside that, or its label."""
    said = trim(_PENDING.sub(" ", said))
    name = trim(
        _PENDING.sub(" ", title if title and not _GENERIC.fullmatch(title) else said or label or title)
    )
    return name.capitalize() if name.isupper() else name


def number_alike(materials: list[Material]) -> None:
    """Number materials that bear the same title, so that each can be told from the others."""
    titles = [fold(material.title) for material in materials]
    counts: dict[str, int] = {}
    for material, title in zip(materials, titles, strict=True):
        if titles.count(title) > 1:
            counts[title] = counts.get(title, 0) + 1
            material.title = f"{material.title} {counts[title]}"


def _without_address(block: Block, field: str) -> Problem:
    if field == "resources":
        return Problem(
            "material-without-address",
            "A presentation or video is named, but its link leads nowhere. Put in its web address,"
            " beginning with https://.",
            place=block.place,
            field=field,
        )
    return Problem(
        "link-without-address",
        "A link leads nowhere on the web, and was left out. Put in its web address, beginning with https://.",
        place=block.place,
        field=field,
    )
