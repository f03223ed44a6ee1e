"""The pages that bring a census in and show what was released."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import PURPOSE, Cast
from tests.integration.cin_stage import bring_in, cin_examples
from wenlock.people.models import Person
from wenlock.returns import forms
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent

pytestmark = pytest.mark.urls("tests.integration.cin_pages")


def as_worker(actor: Actor, purpose: str = PURPOSE) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(actor)
    session = client.session
    session["purpose"] = purpose
    session.save()
    return client


def send(client: Client, data: bytes, name: str = "census.xml") -> object:
    return client.post("/work/import/", {"file": SimpleUploadedFile(name, data, "application/xml")})


def begun_by(the: Cast) -> int:
    with acting(actor=the.femi.pk, purpose=PURPOSE):
        return Person.objects.filter(provenance__recorded_by=the.femi).count()


def test_a_stranger_is_asked_to_sign_in(the: Cast) -> None:
    for address in ("/work/import/", "/work/returns/"):
        response = Client().get(address)
        assert (response.status_code, response["Location"].startswith("/sign-in/")) == (302, True)


def test_whoever_may_not_bring_in_or_approve_is_turned_away(the: Cast) -> None:
    for actor in (the.amara, the.carys, the.noel, the.harriet):
        client = as_worker(actor)
        asked = [client.get("/work/import/"), client.get("/work/returns/"), send(client, cin_examples.full())]
        assert [response.status_code for response in asked] == [404, 404, 404]
        with acting(actor=the.gwen.pk, purpose="information-rights"):
            assert AuditEvent.objects.filter(kind="denied", actor=actor).count() == 3
    assert begun_by(the) == 0


def test_a_file_is_brought_in_and_its_report_shown(the: Cast) -> None:
    client = as_worker(the.femi)
    assert "Nothing has been brought in yet" in client.get("/work/import/").content.decode()
    response = send(client, cin_examples.full(), "cin-2026.xml")
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    for said in ("Brought in: cin-2026.xml", "Children begun", "Numbers held and questioned", "Remarks"):
        assert said in page
    assert begun_by(the) == 3
    assert response["Location"] in client.get("/work/import/").content.decode()


def test_what_the_file_gives_otherwise_is_shown_for_a_person_to_decide(the: Cast) -> None:
    client = as_worker(the.femi)
    send(client, cin_examples.full())
    response = send(client, cin_examples.full().replace(b"N4", b"N5"))
    page = client.get(response["Location"]).content.decode()
    assert "For a person to decide" in page
    assert "CINdetails/PrimaryNeedCode" in page


def test_a_refused_file_is_answered_with_its_faults_and_nothing_is_kept(the: Cast) -> None:
    data = cin_examples.full().replace(b"2025-09-02", b"<b>2025-09-02</b>")
    response = send(as_worker(the.femi), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "The file was refused" in page
    assert "AssessmentActualStartDate holds a value, so no element can stand inside it." in page
    assert f">{cin_examples.line_of(data, b'<b>')}<" in page
    assert begun_by(the) == 0


def test_what_stood_in_a_refused_file_is_shown_as_words(the: Cast) -> None:
    data = cin_examples.full().replace(b"2025-09-02", b"&lt;script&gt;alert(1)&lt;/script&gt;")
    page = send(as_worker(the.femi), data).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "data, says", [(None, "Choose the census file"), (b"", "The file is empty"), (b"x" * 200, "smaller than")]
)
def test_no_file_an_empty_one_and_a_huge_one_are_asked_for_again(
    the: Cast, monkeypatch: pytest.MonkeyPatch, data: bytes | None, says: str
) -> None:
    monkeypatch.setattr(forms, "LARGEST", 100)
    client = as_worker(the.femi)
    response = client.post("/work/import/", {}) if data is None else send(client, data)
    assert response.status_code == 422
    assert says in response.content.decode()


def test_the_report_of_nothing_is_not_found(the: Cast) -> None:
    missing = "/work/import/5f0c8f0e-0000-4000-8000-000000000000/"
    assert as_worker(the.femi).get(missing).status_code == 404


def test_the_report_keeps_no_childs_number(the: Cast) -> None:
    from wenlock.returns.models import ImportBatch

    report = bring_in(cin_examples.full(), the.femi)
    with acting(actor=the.femi.pk, purpose=PURPOSE):
        kept = str(ImportBatch.objects.get(pk=report.batch).report)
    assert "WEN0001" not in kept
    assert "A123456789123" not in kept


def test_the_ledger_is_shown_to_those_who_approve(the: Cast) -> None:
    page = as_worker(the.femi).get("/work/returns/").content.decode()
    assert "No return has been released yet" in page
    assert as_worker(the.esme).get("/work/returns/").status_code == 200
