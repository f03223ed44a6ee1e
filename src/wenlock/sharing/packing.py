"""The file that is handed over: what the door let out, as data and as a page to read, and the documents chosen."""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from wenlock.practice.case.documents import open_version
from wenlock.sharing.choosing import words_of
from wenlock.sharing.proposing import Sent
from wenlock.sharing.shareable import by_table

NAMED = "shared.json", "shared.html"


def pack(sent: Sent, *, documents: Iterable[UUID]) -> bytes:
    """A zip of the content just as its hash was taken, the same made readable, and each document version.

    Nothing else can be in it: the page is made from the content alone. Each document opened is written down as a look.
    Raises envelope.KeyMissing and Damaged for a document that does not open.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        data, page = NAMED
        out.writestr(data, sent.content)
        out.writestr(page, readable(sent.content))
        for number, version in enumerate(documents, start=1):
            opened = open_version(version=version)
            with opened.stream:
                out.writestr(f"documents/{number}-{opened.file_name}", opened.stream.read())
    return packed.getvalue()


def readable(content: str) -> str:
    """The content as a page anybody can open and print, in words."""
    said: dict[str, Any] = json.loads(content)
    parts = [
        {
            "title": by_table()[item["table"]].title,
            "about": item["about"].replace("-", " "),
            "facts": words_of(item["table"], item["values"]),
        }
        for item in said["items"]
    ]
    return render_to_string("sharing/shared.html", {"said": said, "parts": parts}, using="jinja2")
