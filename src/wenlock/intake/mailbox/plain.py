"""Plain writing out of what an e-mail holds: bytes in some charset, or a page of HTML, which is never shown as one."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "math"})
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
# The charset that is meant where another is named: browsers read it so too, since it holds all the other does.
_MEANT = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
}


def decoded(content: bytes, charset: str | None) -> str:
    """The writing in `content`. A charset that is not known, or plainly not the one, is guessed; no byte is dropped."""
    named = (charset or "utf-8").strip().lower()
    for one in (_MEANT.get(named, named), "utf-8", "cp1252"):
        try:
            return tidy(content.decode(one))
        except (UnicodeError, LookupError):
            continue
    return tidy(content.decode("latin-1"))


def tidy(text: str) -> str:
    """The same without what no page shows and no database takes: controls, but for ends of lines and tabs."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in whole if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cs"))


def one_line(text: str) -> str:
    """A name or a title on one line, with no mark that cannot be seen or turns writing round."""
    shown = "".join(" " if mark.isspace() else mark for mark in text)
    return " ".join("".join(mark for mark in shown if not unicodedata.category(mark).startswith("C")).split())


def text_of(page: str) -> str:
    """The writing on a page of HTML, its paragraphs apart and its links with where they lead."""
    try:
        tree = html.document_fromstring(
            page.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    lines = "".join(_pieces(tree)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def _pieces(tree: Any) -> Iterator[str]:
    """Step by step and not by recursion: a page may be nested as deep as whoever wrote it liked."""
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        hidden += (1 if starts else -1) if tag in _HIDDEN else 0
        if not hidden or (tag in _HIDDEN and not starts):
            yield "\n" if tag in _BLOCKS or (tag == "br" and starts) else ""
        if starts and not hidden:
            yield _flat(element.text) + (
                f" {element.get('alt')} " if tag == "img" and element.get("alt") else ""
            )
        elif not starts:
            yield _leads_to(element) if tag == "a" and not hidden else ""
            yield _flat(element.tail) if not hidden else ""


def _leads_to(link: Any) -> str:
    where = (link.get("href") or "").strip()
    said = " ".join(link.itertext()).strip()
    return f" ({where})" if where.startswith(("http:", "https:")) and where != said else ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
