"""A letter's scan: asked for when the letter is taken, kept as it came, opened by those who see the contact."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import matched, taken
from tests.integration.test_workspace_contacts import address, call
from tests.integration.workspace_examples import at_work, said, trail
from wenlock.base.home import Home
from wenlock.files.sniffing import Refused
from wenlock.intake import papers
from wenlock.intake.models import Contact, Paper
from wenlock.intake.queries import received
from wenlock.security.context import acting
from wenlock.security.models import Actor

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from document_examples import PDF


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home").prepare()
    monkeypatch.setattr(settings, "HOME", made)
    return made


def scanned(contact: Contact, by: Actor, *, content: bytes = PDF, name: str = "letter.pdf") -> Paper:
    """A scan somebody adds to a contact."""
    with acting(actor=by.pk, purpose=PURPOSE):
        return papers.add_paper(
            contact=contact, kind="scan", stream=io.BytesIO(content), file_name=name, by=by, at=timezone.now()
        )


def letter(by: Actor) -> Any:
    return taken(by, channel="letter")


def upload(content: bytes = PDF) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("letter.pdf", content),
        "dated_on_day": "2",
        "dated_on_month": "3",
        "dated_on_year": "2026",
    }


def test_a_letter_taken_is_asked_for_its_scan_next(the: Cast) -> None:
    browser = at_work(the.dilys)
    answer = browser.post("/work/contacts/take/", call(channel="letter"))
    assert answer["Location"].endswith("/papers/add/")
    kept = browser.post(answer["Location"], upload())
    page = said(browser.get(kept["Location"]))
    for words in ("letter.pdf", "Scan of a letter", "dated 2 March 2026"):
        assert words in page


def test_a_letter_without_its_scan_says_so_and_a_call_does_not(the: Cast) -> None:
    assert "not here yet" in said(at_work(the.dilys).get(address(letter(the.dilys))))
    assert "not here yet" not in said(at_work(the.dilys).get(address(taken(the.dilys))))


def test_a_scan_comes_back_byte_for_byte(the: Cast) -> None:
    contact = letter(the.dilys)
    paper = scanned(contact, the.dilys)
    answer = at_work(the.dilys).get(address(contact, f"papers/{paper.pk}/"))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_a_program_is_refused_at_the_field_and_nothing_is_kept(the: Cast, home: Home) -> None:
    contact = letter(the.dilys)
    answer = at_work(the.dilys).post(address(contact, "papers/add/"), upload(b"MZ\x90\x00" + b"\x00" * 200))
    assert answer.status_code == 422
    assert "program" in said(answer)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Paper.objects.exists()
    assert [path for path in home.documents.rglob("*") if path.is_file()] == []


def test_the_same_scan_twice_is_refused_with_a_sentence(the: Cast) -> None:
    contact = letter(the.dilys)
    scanned(contact, the.dilys)
    answer = at_work(the.dilys).post(address(contact, "papers/add/"), upload())
    assert "This file is kept with the contact already." in said(answer)


def test_a_paper_is_never_changed(the: Cast) -> None:
    paper = scanned(letter(the.dilys), the.dilys)
    for change in ("UPDATE intake_paper SET file_name = 'other.pdf'", "DELETE FROM intake_paper"):
        with (
            pytest.raises(DatabaseError),
            acting(actor=the.dilys.pk, purpose=PURPOSE),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{change} WHERE id = %s", [paper.pk])


def test_whoever_does_not_see_the_contact_adds_nothing_to_it_and_opens_nothing_of_it(the: Cast) -> None:
    contact = letter(the.dilys)
    paper = scanned(contact, the.dilys)
    with pytest.raises(DatabaseError), transaction.atomic():
        scanned(contact, the.amara, content=PDF + b"%other")
    for part in ("papers/add/", f"papers/{paper.pk}/"):
        assert at_work(the.amara).get(address(contact, part)).status_code == 404


def test_a_paper_of_another_contact_is_not_found_under_this_one(the: Cast) -> None:
    paper = scanned(letter(the.dilys), the.dilys)
    assert at_work(the.dilys).get(address(taken(the.dilys), f"papers/{paper.pk}/")).status_code == 404


def test_opening_a_paper_is_written_down_for_whoever_the_contact_is_about(the: Cast) -> None:
    contact = letter(the.dilys)
    paper = scanned(contact, the.dilys)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        papers.open_paper(found=received(contact.pk), paper=paper.pk).stream.close()
    looked = [event for event in trail(the, "read") if event.row_id == paper.pk]
    assert [event.person_id for event in looked] == [the.people.mia.pk]


def test_a_damaged_paper_is_not_shown_and_says_what_to_do(the: Cast, home: Home) -> None:
    contact = letter(the.dilys)
    paper = scanned(contact, the.dilys)
    [path] = (each for each in home.documents.rglob("*") if each.is_file())
    path.write_bytes(path.read_bytes()[:-1])
    answer = at_work(the.dilys).get(address(contact, f"papers/{paper.pk}/"))
    assert (answer.status_code, "brought back from a backup" in said(answer)) == (409, True)


def test_a_paper_read_with_its_contact_is_in_the_order_it_was_added(the: Cast) -> None:
    contact = letter(the.dilys)
    for name in ("one.pdf", "two.pdf"):
        scanned(contact, the.dilys, content=PDF + name.encode(), name=name)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [paper.file_name for paper in received(contact.pk).papers] == ["one.pdf", "two.pdf"]


def test_a_refused_file_leaves_no_row(the: Cast) -> None:
    contact = letter(the.dilys)
    with pytest.raises(Refused):
        scanned(contact, the.dilys, content=b"")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert contact.papers.count() == 0
