"""What the tests of the public's pages share: a second notice, another day, and a proof."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from lxml import html

from wenlock.notice.compiler import Compiled, compile_notice
from wenlock.notice.models import Version
from wenlock.notice.proof import report as reports
from wenlock.notice.publishing import publish
from wenlock.portal import queries
from wenlock.security import keys

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())


class AsOwner:
    """Reads on the owner's connection, which alone sees what a test has published and will take back."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "owner"


@contextmanager
def seen_by_the_site() -> Iterator[None]:
    """Let the site read what a test has published."""
    with override_settings(DATABASE_ROUTERS=[AsOwner()]):
        yield


def compiled(
    folder: Path | None = None, *, authority: str = "shropshire", on: date | None = None
) -> Compiled:
    """An authority's notice, from its own folder or one that a test has changed."""
    return compile_notice(folder or Path(settings.AUTHORITIES) / authority, on=on or timezone.localdate())


def changed(to: Path, *edits: tuple[str, str], authority: str = "shropshire") -> Compiled:
    """An authority's notice with its file edited. The test is wrong if an old text is not there."""
    folder = Path(copytree(Path(settings.AUTHORITIES) / authority, to / authority))
    text = (folder / "notice.toml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "notice.toml").write_text(text, encoding="utf-8")
    return compiled(folder)


def published(notice: Compiled, *, on: date) -> Version:
    return publish(compiled=notice, in_force_from=on, by="Gwen Price", at=timezone.now(), using="owner")


def page(client: Client, address: str, *, status: int = 200) -> html.HtmlElement:
    """The page at an address, as a tree."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.fromstring(answer.content.decode())


def text(tree: html.HtmlElement) -> str:
    """The words of the page's own part, in one line."""
    (main,) = tree.xpath("//main")
    return " ".join(" ".join(main.itertext()).split())


def proof_of(version: Any, **statuses: str) -> dict[str, Any]:
    """A report as `wenlock prove` writes it: everything proved unless told otherwise, with evidence."""
    said = {
        "N28": "We collect it so that we can provide:",
        "N29a": "children in need",
        "N80": "We have put in place procedures",
    }
    statements = {
        code: {
            "text": words,
            "status": statuses.get(code, "green"),
            "structure": [
                {
                    "object": "notice_provenance.known_purpose",
                    "kind": "trigger",
                    "ok": True,
                    "detail": "",
                }
            ],
            "census": [
                {"says": "Every record names a purpose.", "covered": 1204, "exceptions": 0, "ok": True}
            ],
            "probe": [
                {
                    "attempt": "Record for no purpose.",
                    "refused_by": "provenance_is_in_the_notice",
                    "code": "23503",
                    "ok": True,
                }
            ],
            "reason": "" if statuses.get(code, "green") == "green" else "Somebody must look at it.",
        }
        for code, words in said.items()
    }
    return {
        "version": version.number, "page_hash": version.page.sha256, "made_at": "2026-11-22T09:30:00+00:00",
        "statements": statements,
    }  # fmt: skip


def signed(report: dict[str, Any]) -> dict[str, Any]:
    """The report, with the council's signature."""
    key = keys.sealing_key(settings.HOME)
    return report | {"signature": key.sign(reports.canonical(report)).hex(), "key_id": key.public.key_id}


def left(report: dict[str, Any] | bytes) -> Path:
    """Leave a report where `wenlock prove` would, signed as it signs; bytes are left as they are."""
    file = queries.report_file()
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(report if isinstance(report, bytes) else json.dumps(signed(report)).encode())
    return file
