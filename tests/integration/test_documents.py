"""Documents kept, seen by those whose work opens them, opened whole or not at all, given out by the pages."""

from __future__ import annotations

import io
import os
import shutil
import socket
import struct
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import alike, at_work, said, trail
from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.base.server import Server
from wenlock.files import envelope, kept, scanning, store
from wenlock.files.sniffing import Refused
from wenlock.files.sniffing.formats import MOST, TRIAL_VIRUS
from wenlock.notice.provenance import obtained
from wenlock.practice.case import document_queries, documents
from wenlock.practice.case.actions import end_allocation
from wenlock.practice.case.models import Allocation, Document, DocumentSubject, DocumentVersion
from wenlock.security.actions import declare_conflict
from wenlock.security.context import acting
from wenlock.security.middleware import Acting, PlainFile
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from document_examples import PDF, office, png

LETTER = PDF.replace(b"/Catalog", b"/Catalog /Words (Mia drew a house with four windows)")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of each test's own: a test that takes away the keys takes away nobody else's."""
    made = Home(tmp_path / "home").prepare()
    monkeypatch.setattr(settings, "HOME", made)
    return made


def keep(
    the: Cast, by: Actor, *about: Any, content: bytes = LETTER, name: str = "letter.pdf", **facts: Any
) -> Document:
    """A letter kept by somebody at work, about some people."""
    at = timezone.now()
    with acting(actor=by.pk, purpose=PURPOSE):
        provenance = obtained(channel="letter", source="schools", purpose=PURPOSE, by=by, at=at)
        return documents.keep_document(
            about=[person.pk for person in about], title=facts.pop("title", "Letter from school"),
            document_class=facts.pop("document_class", "letter"), stream=io.BytesIO(content), file_name=name,
            dated_on=date(2026, 3, 2), provenance=provenance, by=by, at=at, **facts,
        )  # fmt: skip


def seen(by: Actor, person: Any, *, purpose: str = PURPOSE) -> list[str]:
    """The titles somebody sees among a person's documents."""
    with acting(actor=by.pk, purpose=purpose):
        return [paper.title for paper in document_queries.documents_about(person=person.pk)]


def version_of(document: Document, *, by: Actor, number: int = 1) -> DocumentVersion:
    with acting(actor=by.pk, purpose=PURPOSE):
        return DocumentVersion.objects.get(document=document, number=number)


def read(by: Actor, version: UUID) -> bytes:
    with acting(actor=by.pk, purpose=PURPOSE), documents.open_version(version=version).stream as stream:
        return stream.read()


def add_version(document: Document, content: bytes, *, by: Actor) -> DocumentVersion:
    with acting(actor=by.pk, purpose=PURPOSE):
        return documents.add_version(
            document=document.pk, stream=io.BytesIO(content), file_name="letter.pdf", by=by, at=timezone.now()
        )


def files(home: Home) -> list[Path]:
    return sorted(path for path in home.documents.rglob("*") if path.is_file())


# What is kept, and where


def test_a_document_is_kept_with_its_file_encrypted_and_its_hash_in_the_clear(the: Cast, home: Home) -> None:
    document = keep(the, the.amara, the.people.mia)
    version = version_of(document, by=the.amara)
    assert (version.number, version.file_name, version.media_type) == (1, "letter.pdf", "application/pdf")
    assert version.size == len(LETTER)
    [path] = files(home)
    assert path == home.documents / version.stored_as
    assert b"Mia" not in path.read_bytes() and b"PDF" not in path.read_bytes()
    assert read(the.amara, version.pk) == LETTER


def test_a_document_says_how_it_came_whom_it_is_about_and_what_it_is(the: Cast) -> None:
    document = keep(
        the, the.amara, the.people.mia, the.people.jay, the.people.mia, third_party=True, irreplaceable=True
    )
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        paper = document_queries.document_about(person=the.people.jay.pk, document=document.pk)
    assert (paper.title, paper.kind, paper.dated_on) == ("Letter from school", "Letter", date(2026, 3, 2))
    assert (paper.third_party, paper.irreplaceable) == (True, True)
    assert set(paper.about) == {the.people.mia.pk, the.people.jay.pk}
    assert "school" in paper.source.lower()
    assert paper.newest.recorded_by == the.amara.name


def test_a_document_about_nobody_is_not_kept(the: Cast, home: Home) -> None:
    with pytest.raises(documents.AboutNobody):
        keep(the, the.amara)
    assert not files(home)


def test_a_refused_file_leaves_neither_row_nor_file(the: Cast, home: Home) -> None:
    with pytest.raises(Refused):
        keep(the, the.amara, the.people.mia, content=b"MZ\0\0", name="letter.pdf")
    assert not files(home)
    assert seen(the.amara, the.people.mia) == []


def test_a_database_that_refuses_leaves_no_file_behind(the: Cast, home: Home) -> None:
    with pytest.raises(DatabaseError, match="row-level security"):
        keep(the, the.amara, the.people.tom)
    with pytest.raises(DatabaseError, match="case_document_has_a_title"):
        keep(the, the.amara, the.people.mia, title="")
    assert not files(home)


def test_the_file_is_safe_before_the_row_says_so(
    the: Cast, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[int] = []
    save = DocumentVersion.save

    def watching(self: DocumentVersion, **options: Any) -> None:
        there.append((home.documents / self.stored_as).stat().st_size)
        save(self, **options)

    monkeypatch.setattr(DocumentVersion, "save", watching)
    keep(the, the.amara, the.people.mia)
    assert len(there) == 1 and there[0] > len(LETTER)


# Who sees


def test_a_document_is_seen_by_those_who_work_with_somebody_it_is_about(the: Cast) -> None:
    keep(the, the.amara, the.people.mia)
    assert seen(the.amara, the.people.mia) == seen(the.carys, the.people.mia) == ["Letter from school"]
    for stranger in (the.bashir, the.dilys, the.gwen, the.harriet, the.noel):
        assert seen(stranger, the.people.mia) == [], stranger.name
    assert seen(the.amara, the.people.jay) == []


def test_a_conflict_with_anybody_it_is_about_hides_a_document(the: Cast) -> None:
    of_both, of_mia = (
        keep(the, the.amara, the.people.mia, the.people.jay),
        keep(the, the.amara, the.people.mia, title="Hers"),
    )
    assert seen(the.esme, the.people.mia) == ["Hers"]  # she may see Mia, and nothing that is about Jay
    version = version_of(of_both, by=the.amara)
    with pytest.raises(NotFound):
        read(the.esme, version.pk)
    assert read(the.esme, version_of(of_mia, by=the.amara).pk) == LETTER


def test_a_conflict_declared_afterwards_hides_it_from_whoever_kept_it(the: Cast) -> None:
    version = version_of(keep(the, the.amara, the.people.mia), by=the.amara)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        declare_conflict(
            actor=the.amara, person=the.people.mia.pk, kind="other", by=the.amara, at=timezone.now()
        )
    assert seen(the.amara, the.people.mia) == []
    with pytest.raises(NotFound):
        read(the.amara, version.pk)


def test_the_purpose_opens_a_document_and_another_does_not(the: Cast) -> None:
    keep(the, the.amara, the.people.mia)
    assert seen(the.amara, the.people.mia, purpose="fostering") == []


def test_a_document_opens_only_to_work_with_somebody_it_is_about_even_for_whoever_kept_it(the: Cast) -> None:
    version = version_of(keep(the, the.amara, the.people.mia), by=the.amara)
    assert read(the.amara, version.pk) == LETTER
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        for allocation in Allocation.objects.filter(person=the.people.mia).order_by("role"):
            end_allocation(allocation=allocation, by=the.carys.pk, at=timezone.now())
    with pytest.raises(NotFound):
        read(the.amara, version.pk)
    with pytest.raises(NotFound):
        add_version(Document(pk=version.document_id), PDF, by=the.amara)


def test_nobody_ties_their_own_child_to_a_document_they_cannot_see(the: Cast) -> None:
    document = keep(the, the.amara, the.people.mia)
    with (
        pytest.raises(DatabaseError, match=r"row-level|within your reach"),
        acting(actor=the.bashir.pk, purpose=PURPOSE),
    ):
        DocumentSubject(id=new_id(), document=document, person=the.people.tom).save(force_insert=True)


def test_opening_a_version_is_written_down_for_each_person_it_is_about(the: Cast) -> None:
    version = version_of(keep(the, the.amara, the.people.mia, the.people.jay), by=the.amara)
    read(the.carys, version.pk)
    looks = [event for event in trail(the, "read") if event.row_id == version.pk]
    assert {event.person_id for event in looks} == {the.people.mia.pk, the.people.jay.pk}
    assert {event.actor_id for event in looks} == {the.carys.pk}


def test_no_audit_no_document(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of(keep(the, the.amara, the.people.mia), by=the.amara)

    def down(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("the trail cannot be written")

    monkeypatch.setattr(documents, "record_event", down)
    with pytest.raises(DatabaseError):
        read(the.amara, version.pk)


# Versions


def test_a_new_version_comes_after_the_old_which_stays(the: Cast) -> None:
    document = keep(the, the.amara, the.people.mia)
    newer = add_version(document, LETTER + b"%%EOF\n", by=the.carys)
    assert newer.number == 2
    assert read(the.amara, newer.pk) == LETTER + b"%%EOF\n"
    assert read(the.amara, version_of(document, by=the.amara, number=1).pk) == LETTER


def test_the_same_file_again_is_no_new_version(the: Cast, home: Home) -> None:
    document = keep(the, the.amara, the.people.mia)
    with pytest.raises(documents.SameAsBefore):
        add_version(document, LETTER, by=the.amara)
    assert len(files(home)) == 1


def test_nobody_adds_a_version_to_a_document_they_cannot_see(the: Cast, home: Home) -> None:
    document = keep(the, the.amara, the.people.mia)
    with pytest.raises(NotFound):
        add_version(document, PDF, by=the.bashir)
    assert len(files(home)) == 1


def test_a_version_is_never_changed(the: Cast) -> None:
    version = version_of(keep(the, the.amara, the.people.mia), by=the.amara)
    with pytest.raises(DatabaseError), acting(actor=the.amara.pk, purpose=PURPOSE):
        DocumentVersion.objects.filter(pk=version.pk).update(sha256="0" * 64)


# Tampering, and keys that are away


def test_a_file_altered_on_the_disk_is_not_shown_and_leaves_its_mark(the: Cast, home: Home) -> None:
    version = version_of(keep(the, the.amara, the.people.mia), by=the.amara)
    [path] = files(home)
    spoilt = bytearray(path.read_bytes())
    spoilt[-30] ^= 1
    path.write_bytes(spoilt)
    with acting(actor=the.amara.pk, purpose=PURPOSE), pytest.raises(envelope.Damaged):
        documents.open_version(version=version.pk)
    assert [event.row_id for event in trail(the, "document-damaged")] == [version.pk]
    assert not [event for event in trail(the, "read") if event.row_id == version.pk]


def test_one_document_s_file_in_the_place_of_another_s_is_not_shown(the: Cast, home: Home) -> None:
    ours = version_of(keep(the, the.amara, the.people.mia), by=the.amara)
    theirs = version_of(keep(the, the.bashir, the.people.tom), by=the.bashir)
    shutil.copy(home.documents / theirs.stored_as, home.documents / ours.stored_as)
    with pytest.raises(envelope.Damaged):
        read(the.amara, ours.pk)


def test_without_the_key_documents_are_closed_and_the_rest_goes_on(the: Cast, home: Home) -> None:
    """Abuse test 28: the vault is down."""
    document = keep(the, the.amara, the.people.mia)
    version = version_of(document, by=the.amara)
    (home.secrets / "documents-1").rename(home.root / "away")
    with pytest.raises(envelope.KeyMissing):
        read(the.amara, version.pk)
    with pytest.raises(envelope.KeyMissing):
        keep(the, the.amara, the.people.mia)
    assert seen(the.amara, the.people.mia) == ["Letter from school"]
    browser = at_work(the.amara)
    answer = browser.get(address(the, document, version))
    assert (answer.status_code, "The key that opens this document is not available" in said(answer)) == (
        503,
        True,
    )
    assert browser.get(f"/work/people/{the.people.mia.pk}/documents/").status_code == 200
    assert browser.get(f"/work/people/{the.people.mia.pk}/").status_code == 200
    (home.root / "away").rename(home.secrets / "documents-1")
    assert read(the.amara, version.pk) == LETTER


# Viruses


@contextmanager
def clamd(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A checker that gives one answer, the setting that names it, and what it was given."""
    folder = tempfile.mkdtemp()
    door, given = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), []
    door.bind(os.path.join(folder, "clamd"))
    door.listen()

    def serve() -> None:
        line, _ = door.accept()
        with line, line.makefile("rb") as told:
            assert told.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", told.read(4))[0]:
                given.append(told.read(size))
            line.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"unix:{folder}/clamd", given
    finally:
        door.close()
        thread.join(timeout=5)
        shutil.rmtree(folder)


def checks(the: Cast) -> list[str]:
    return [event.detail["checked_for_viruses_by"] for event in trail(the, "document-kept")]


def test_the_record_says_that_nothing_checked_a_file(the: Cast) -> None:
    keep(the, the.amara, the.people.mia)
    assert checks(the) == ["nothing"]


def test_a_file_the_checker_passes_is_kept_whole_and_the_record_says_who_checked(
    the: Cast, settings: Any
) -> None:
    with clamd(b"stream: OK\0") as (settings.DOCUMENT_CHECKER, given):
        document = keep(the, the.amara, the.people.mia)
    assert b"".join(given) == LETTER
    assert checks(the) == ["clamd"]
    assert read(the.amara, version_of(document, by=the.amara).pk) == LETTER


def test_a_file_the_checker_finds_a_virus_in_is_not_kept(the: Cast, home: Home, settings: Any) -> None:
    with (
        clamd(b"stream: Win.Test FOUND\0") as (settings.DOCUMENT_CHECKER, _),
        pytest.raises(Refused) as caught,
    ):
        keep(the, the.amara, the.people.mia)
    assert caught.value.code == "virus"
    assert not files(home)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: "])
def test_a_checker_that_cannot_say_keeps_nothing(the: Cast, home: Home, settings: Any, answer: bytes) -> None:
    with clamd(answer) as (settings.DOCUMENT_CHECKER, _), pytest.raises(scanning.CheckerSilent):
        keep(the, the.amara, the.people.mia)
    assert not files(home)


def test_a_checker_that_is_away_keeps_nothing(the: Cast, home: Home, settings: Any) -> None:
    settings.DOCUMENT_CHECKER = "unix:/nowhere/clamd"
    with pytest.raises(scanning.CheckerSilent):
        keep(the, the.amara, the.people.mia)
    settings.DOCUMENT_CHECKER = "carrier-pigeon"
    with pytest.raises(ValueError, match="DOCUMENT_CHECKER"):
        keep(the, the.amara, the.people.mia)
    assert not files(home)


# Sweeping


@pytest.mark.django_db(databases=["default", "prover"])
def test_a_sweep_keeps_every_file_that_has_a_row_whoever_may_see_it(
    the: Cast, home: Home, server: Server
) -> None:
    rowed, orphan = new_id(), new_id()
    for version in (rowed, orphan):
        store.keep(io.BytesIO(PDF), version=version, home=home)
    row = {
        "id": rowed,
        "document_id": new_id(),
        "number": 1,
        "file_name": "a.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
        "sha256": "0" * 64,
        "stored_as": "x",
        "recorded_by_id": the.amara.pk,
        "recorded_at": timezone.now(),
    }
    with psycopg.connect(server.dsn(dbname="wenlock"), autocommit=True) as root:
        # The row must be committed to be seen from another connection, and gone again afterwards.
        root.execute("SET session_replication_role = replica")
        values = ", ".join(f"%({column})s" for column in row)
        root.execute(f"INSERT INTO case_documentversion ({', '.join(row)}) VALUES ({values})", row)
        try:
            swept = kept.sweep_orphans(at=timezone.now() + timedelta(days=2))
        finally:
            root.execute("DELETE FROM case_documentversion WHERE id = %s", [rowed])
    assert swept == store.Swept(1, 0, 0)
    assert (home.documents / str(rowed)[:2] / str(rowed)).exists()
    assert (home.documents / store.ASIDE / str(orphan)).exists()


# The pages


def address(the: Cast, document: Document | None = None, version: DocumentVersion | None = None) -> str:
    page = f"/work/people/{the.people.mia.pk}/documents/"
    return page + (f"{document.pk}/{version.pk}/" if document and version else "")


def typed(
    the: Cast, content: bytes | None = LETTER, name: str = "letter.pdf", **changes: Any
) -> dict[str, Any]:
    """The form as somebody fills it in, with any of it changed."""
    answers = {
        "title": "Letter from school", "document_class": "letter", "dated_on_day": "2", "dated_on_month": "3",
        "dated_on_year": "2026", "about": [str(the.people.mia.pk)], "channel": "letter", "source": "schools",
    } | changes  # fmt: skip
    return answers | ({"file": SimpleUploadedFile(name, content)} if content is not None else {})


def got(browser: Client, page: str) -> tuple[int, bytes]:
    """A page's status and bytes, all of them read."""
    answer = browser.get(page)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_worker_adds_a_document_and_downloads_it(the: Cast, home: Home) -> None:
    browser = at_work(the.amara)
    answer = browser.post(
        address(the) + "add/", typed(the, about=[str(the.people.mia.pk), str(the.people.jay.pk)])
    )
    assert (answer.status_code, answer["Location"]) == (302, address(the))
    page = browser.get(address(the))
    assert "Letter from school" in said(page)
    assert "dated 2 March 2026. About Mia Ashdown, Jay Ashdown" in said(
        page
    ) or "Jay Ashdown, Mia Ashdown" in said(page)
    [version] = _versions(the)
    answer = browser.get(address(the, version.document, version))
    assert b"".join(answer.streaming_content) == LETTER
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.headers["Content-Length"] == str(len(LETTER))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [event.actor_id for event in trail(the, "read") if event.row_id == version.pk] == [
        the.amara.pk
    ] * 2


def _versions(the: Cast) -> list[DocumentVersion]:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        return list(DocumentVersion.objects.select_related("document").order_by("number"))


def test_a_file_being_received_never_lies_in_the_clear(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    temporary = tempfile.TemporaryFile

    def watching(*args: Any, **kwargs: Any) -> Any:
        made.append(temporary(*args, **kwargs))
        return made[-1]

    lain: list[bytes] = []
    keep_document = documents.keep_document

    def looking(**facts: Any) -> Any:
        for file in made:
            file.seek(0)
            lain.append(file.read())
        return keep_document(**facts)

    monkeypatch.setattr(tempfile, "TemporaryFile", watching)
    monkeypatch.setattr(documents, "keep_document", looking)
    content = LETTER.replace(b"trailer", b"% windows\n" * 500_000 + b"trailer")
    assert at_work(the.amara).post(address(the) + "add/", typed(the, content)).status_code == 302
    assert sum(map(len, lain)) > len(content)
    assert not any(b"windows" in one for one in lain)
    assert read(the.amara, _versions(the)[0].pk) == content


def test_what_was_typed_is_still_there_and_the_file_is_asked_for_again(the: Cast, home: Home) -> None:
    answer = at_work(the.amara).post(
        address(the) + "add/", typed(the, document_class="", title="Zoë’s letter")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Select what kind of document it is" in said(answer)
    assert "Choose the file again" in said(answer)
    assert 'value="Zoë’s letter"' in page
    assert f'value="{the.people.mia.pk}" checked' in page
    assert "<title>Error: Add a document" in page
    assert not files(home)


def test_a_form_without_a_file_asks_for_one(the: Cast) -> None:
    answer = at_work(the.amara).post(address(the) + "add/", typed(the, None))
    assert "Choose a file" in said(answer)


@pytest.mark.parametrize(
    "content, name, words, code",
    [
        (png(), "letter.pdf", "ends in .pdf, but its content is a PNG picture", "another-kind"),
        (office(word__vbaProject_dot_bin=b"x"), "letter.docx", "The file has macros", "macros"),
        (TRIAL_VIRUS, "letter.txt", "The file has a virus in it", "virus"),
    ],
)
def test_a_refused_file_is_explained_at_the_field_and_written_down(
    the: Cast, home: Home, content: bytes, name: str, words: str, code: str
) -> None:
    answer = at_work(the.amara).post(address(the) + "add/", typed(the, content, name))
    assert (answer.status_code, words in said(answer)) == (422, True)
    assert 'id="id_file-error"' in answer.content.decode()
    assert [event.detail for event in trail(the, "document-refused")] == [{"why": code}]
    assert not files(home)


def test_an_empty_file_is_refused(the: Cast) -> None:
    assert "The file is empty" in said(at_work(the.amara).post(address(the) + "add/", typed(the, b"")))


def test_a_file_over_the_limit_is_refused_and_never_stored(
    the: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenlock.workspace.document_uploads.MOST", 1000)
    answer = at_work(the.amara).post(
        address(the) + "add/", typed(the, b"a" * 200_000, "letter.txt", title="Long")
    )
    assert answer.status_code == 422
    assert "larger than 100 MB" in said(answer)
    assert 'value="Long"' in answer.content.decode()


def test_a_request_far_over_the_limit_is_not_even_listened_to(
    the: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenlock.workspace.document_uploads.FAR_TOO_BIG", 1000)
    made: list[object] = []
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **options: made.append(options))
    answer = at_work(the.amara).post(address(the) + "add/", typed(the, b"a" * 5000, "letter.txt"))
    assert "larger than 100 MB" in said(answer)
    assert not made
    assert MOST == 100 * 1024 * 1024


def test_a_document_may_be_about_the_family_whose_records_are_open_and_nobody_else(
    the: Cast, home: Home
) -> None:
    page = said(at_work(the.amara).get(address(the) + "add/"))
    assert "Mia Ashdown" in page and "Jay Ashdown" in page
    assert "Dawn Ashdown" not in page.partition("Who is it about?")[2].partition("Where this comes from")[0]
    answer = at_work(the.amara).post(address(the) + "add/", typed(the, about=[str(the.people.tom.pk)]))
    assert (answer.status_code, files(home)) == (422, [])


def test_the_page_says_that_nothing_checks_for_viruses_unless_something_does(
    the: Cast, settings: Any
) -> None:
    browser = at_work(the.amara)
    assert "not checked for viruses" in said(browser.get(address(the) + "add/"))
    settings.DOCUMENT_CHECKER = "unix:/run/clamd"
    assert "not checked for viruses" not in said(browser.get(address(the) + "add/"))


def test_a_worker_adds_a_version_and_both_are_listed(the: Cast) -> None:
    document = keep(the, the.amara, the.people.mia)
    browser = at_work(the.amara)
    page = f"{address(the)}{document.pk}/version/"
    assert "number 1, letter.pdf" in said(browser.get(page))
    answer = browser.post(page, {"file": SimpleUploadedFile("signed.pdf", PDF)})
    assert (answer.status_code, answer["Location"]) == (302, address(the))
    listed = said(browser.get(address(the)))
    assert "Version 2, PDF" in listed and "Earlier versions" in listed and "Version 1, PDF" in listed
    again = browser.post(page, {"file": SimpleUploadedFile("signed.pdf", PDF)})
    assert (again.status_code, "the same as the newest version" in said(again)) == (422, True)


@pytest.mark.parametrize("name", ["bashir", "dilys", "gwen", "harriet", "noel"])
def test_those_who_may_not_see_are_told_the_same_as_of_nobody(the: Cast, name: str) -> None:
    document = keep(the, the.amara, the.people.mia)
    version = version_of(document, by=the.amara)
    browser, nobody = at_work(getattr(the, name)), new_id()
    for page in (
        address(the),
        address(the) + "add/",
        f"{address(the)}{document.pk}/version/",
        address(the, document, version),
    ):
        answer = browser.get(page)
        missing = browser.get(page.replace(str(the.people.mia.pk), str(nobody)))
        assert (answer.status_code, missing.status_code) == (404, 404), page
        assert alike(answer) == alike(missing)
    assert browser.post(address(the) + "add/", typed(the)).status_code == 404


def test_a_document_is_not_reached_through_another_person_s_record(the: Cast) -> None:
    document = keep(the, the.amara, the.people.mia)
    version = version_of(document, by=the.amara)
    browser = at_work(the.amara)
    for page in (address(the, document, version), f"{address(the)}{document.pk}/version/"):
        assert got(browser, page)[0] == 200
        assert browser.get(page.replace(str(the.people.mia.pk), str(the.people.jay.pk))).status_code == 404
    other = version_of(keep(the, the.amara, the.people.mia, title="Other"), by=the.amara)
    assert browser.get(address(the, document, other)).status_code == 404
    denials = [event for event in trail(the, "denied") if event.person_id == the.people.jay.pk]
    assert len(denials) == 2


def test_a_conflict_hides_the_document_from_the_page_and_the_download(the: Cast) -> None:
    document = keep(the, the.amara, the.people.mia, the.people.jay)
    browser = at_work(the.esme)
    assert "No documents yet" in said(browser.get(address(the)))
    assert browser.get(address(the, document, version_of(document, by=the.amara))).status_code == 404


def test_a_damaged_document_says_so_and_the_mark_stays(the: Cast, home: Home) -> None:
    document = keep(the, the.amara, the.people.mia)
    version = version_of(document, by=the.amara)
    files(home)[0].write_bytes(b"something else")
    answer = at_work(the.amara).get(address(the, document, version))
    assert (answer.status_code, "not as it was when it was kept" in said(answer)) == (409, True)
    assert len(trail(the, "document-damaged")) == 1


def test_a_post_without_the_mark_against_forgery_is_refused(the: Cast, home: Home) -> None:
    assert at_work(the.amara, csrf=True).post(address(the) + "add/", typed(the)).status_code == 403
    assert not files(home)


def test_a_post_with_the_mark_against_forgery_is_taken(the: Cast) -> None:
    browser = at_work(the.amara, csrf=True)
    browser.get(address(the) + "add/")
    answers = typed(the) | {"csrfmiddlewaretoken": browser.cookies["csrf"].value}
    assert browser.post(address(the) + "add/", answers).status_code == 302


def test_nothing_is_received_from_somebody_not_signed_in(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **options: pytest.fail("a file was received"))
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrf"] = "a" * 32  # with it, the check against forgery would read what is posted
    answer = browser.post(address(the) + "add/", typed(the))
    assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)


def test_a_slow_upload_outlasts_the_context_it_began_under(
    the: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenlock.security import context

    enter, began, browser = context.enter, [], at_work(the.amara)

    def short_at_first(**options: Any) -> None:
        began.append(options)
        enter(**options | ({"seconds": -1} if len(began) == 1 else {}))

    monkeypatch.setattr(context, "enter", short_at_first)
    assert browser.post(address(the) + "add/", typed(the)).status_code == 302
    assert len(began) > 1


def test_only_a_plain_file_may_outlive_its_transaction(the: Cast) -> None:
    request = RequestFactory().get("/work/")
    request.user, request.session = the.amara, {"purpose": PURPOSE}  # type: ignore[assignment]
    with pytest.raises(TypeError, match="cannot be streamed"):
        Acting(lambda _: StreamingHttpResponse([b"rows"]))(request)  # type: ignore[arg-type]
    stream = io.BytesIO(PDF)
    answer = Acting(
        lambda _: PlainFile(stream, name='a"\r\n.pdf', media_type="application/pdf", size=len(PDF))
    )(request)  # type: ignore[arg-type]
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "\r" not in answer.headers["Content-Disposition"]
    answer.close()
    assert stream.closed
