"""Mail pulled from a real server: filed or rejected, moved and never deleted, and counted."""

import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.mail import letters, server
from tests.mail.letters import SAID
from tests.mail.server import AUTHSERV, WELL, MailServer
from wenlock.base.home import Home
from wenlock.files import scanning
from wenlock.files.sniffing.formats import TRIAL_VIRUS
from wenlock.intake.mailbox import pulling, wanting
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.server import Folder
from wenlock.intake.models import Email, Pull
from wenlock.intake.papers import open_paper
from wenlock.intake.queries import Received, received
from wenlock.security.context import acting

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from document_examples import PDF, bundle, png

BOMB = bundle({"[Content_Types].xml": bytes(60_000_000), "word/document.xml": b"<w/>"})


def pulled(box: Mailbox, home: Home) -> Pull:
    """One pull, which adds up whatever it met."""
    made = pulling.pull(box, home=home, clock=timezone.now)
    assert made.received == made.filed + made.rejected + made.waiting + made.missing
    return made


def counts(pull: Pull) -> tuple[int, int, int]:
    assert (pull.waiting, pull.missing, pull.fault) == (0, 0, "")
    return pull.received, pull.filed, pull.rejected


def register(box: Mailbox, the: Cast) -> list[Email]:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return list(Email.objects.filter(mailbox=box.name).order_by("uidvalidity", "uid"))


def filed(box: Mailbox, the: Cast) -> list[Received]:
    """The contacts of a mailbox, as the front door reads them."""
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return [received(row.contact_id) for row in register(box, the) if row.contact_id]


def one(raw: bytes, the: Cast, post: MailServer, box: Mailbox, home: Home, **how: Any) -> Received:
    """The contact of one e-mail."""
    post.drop(raw, to=box.user, **how)
    assert counts(pulled(box, home)) == (1, 1, 0)
    return filed(box, the)[0]


def papers(found: Received) -> list[tuple[str, str]]:
    return [(paper.kind, paper.file_name) for paper in found.papers]


def test_an_email_becomes_a_contact_in_the_words_it_came_in(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    post.send(letters.letter().as_bytes(), to=box.user, found=WELL.format("meadow.example"))
    assert counts(pulled(box, home)) == (1, 1, 0)
    [found] = filed(box, the)
    contact = found.contact
    assert contact.words == f"Wren Hollis\n\n{SAID}"
    assert (contact.teller_name, contact.teller_reach) == ("Pat Rowe", "pat@meadow.example")
    assert (contact.urgency, contact.danger, contact.decided_at) == ("today", "unknown", None)
    assert (contact.provenance.channel.code, contact.provenance.source.code) == ("email", "self")
    assert contact.recorded_by.email == "mailbox@services.invalid"
    assert papers(found) == [("message", "email.eml")]
    assert (found.email.verified, found.email.sender) == ("verified", "pat@meadow.example")
    assert "Subject: Wren Hollis" in found.email.headers


def test_what_is_filed_leaves_the_inbox_and_is_never_deleted(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    post.drop(letters.letter().as_bytes(), to=box.user)
    post.drop(letters.headers_of("Auto-Submitted: auto-replied"), to=box.user)
    assert counts(pulled(box, home)) == (2, 1, 1)
    assert [len(post.held(box.user, place)) for place in ("INBOX", "Filed", "Rejected")] == [0, 1, 1]


def test_the_whole_email_comes_back_byte_for_byte(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    raw = letters.carrying(("plan.pdf", PDF)).replace(b"\n", b"\r\n")
    post.put(raw, to=box.user)
    assert counts(pulled(box, home)) == (1, 1, 0)
    [found] = filed(box, the)
    assert found.email.sha256 == sha256(raw).hexdigest()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        opened = open_paper(found=found, paper=found.papers[0].pk, home=home)
        assert opened.stream.read() == raw
        opened.stream.close()


def test_attachments_are_papers_and_the_same_one_twice_is_one(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    raw = letters.carrying(("plan.pdf", PDF), ("../../etc/photo.png", png()), ("plan copy.pdf", PDF))
    assert papers(one(raw, the, post, box, home)) == [
        ("message", "email.eml"), ("attachment", "plan.pdf"), ("attachment", "photo.png"),
    ]  # fmt: skip
    assert len([path for path in home.documents.rglob("*") if path.is_file()]) == 3


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("run.exe", b"MZ\x90\x00" + bytes(200), "program"),
        ("eicar.txt", TRIAL_VIRUS, "virus"),
        ("big.docx", BOMB, "enormous"),
        ("notes.zip", bundle({"a.txt": b"Mia"}), "bundle of files"),
        ("nothing.pdf", b"", "empty"),
        ("letter.pdf", b"<html><script>alert(1)</script></html>", "web page"),
    ],
    ids=["program", "eicar", "bomb", "bundle", "empty", "page"],
)
def test_an_attachment_that_is_not_kept_is_told_of_and_loses_nothing_else(
    name: str, content: bytes, why: str, the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    found = one(letters.carrying((name, content), ("plan.pdf", PDF)), the, post, box, home)
    assert f"“{name}” was not kept here." in found.contact.words
    assert why in found.contact.words
    assert SAID in found.contact.words
    assert [paper for paper in papers(found) if paper[0] == "attachment"] == [("attachment", "plan.pdf")]
    assert len(post.held(box.user, "Filed")) == 1


def test_winmail_is_opened(the: Cast, post: MailServer, box: Mailbox, home: Home) -> None:
    packed = letters.winmail(("School report.pdf", PDF), ("bad.exe", b"MZ\x90\x00" + bytes(99)))
    found = one(letters.carrying(("winmail.dat", packed)), the, post, box, home)
    assert ("attachment", "School report.pdf") in papers(found)
    assert "“bad.exe” was not kept here." in found.contact.words


def test_a_broken_winmail_is_told_of(the: Cast, post: MailServer, box: Mailbox, home: Home) -> None:
    packed = letters.winmail(("report.pdf", PDF))[:-20]
    assert (
        "“winmail.dat” was not kept here."
        in one(letters.carrying(("winmail.dat", packed)), the, post, box, home).contact.words
    )


def test_an_email_within_an_email_is_kept_with_what_it_carries(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    found = one(letters.nested(letters.letter("She hid under the table.")), the, post, box, home)
    assert papers(found) == [("message", "email.eml"), ("attachment", "Wren Hollis.eml")]


def test_an_invitation_is_kept_as_writing(the: Cast, post: MailServer, box: Mailbox, home: Home) -> None:
    found = one(letters.invitation(), the, post, box, home)
    assert ("attachment", "invitation.ics.txt") in papers(found)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (letters.headers_of("Auto-Submitted: auto-replied (rejected)"), "automatic"),
        (letters.headers_of("Auto-Submitted: auto-notified; owner-token=x"), "automatic"),
        (letters.bounce(letters.letter()), "bounce"),
        (letters.headers_of("X-Loop: {address}"), "loop"),
        (letters.letter(From="{address}").as_bytes(), "loop"),
        (letters.by_hand("From: nobody <>", body=b" \r\n"), "unreadable"),
    ],
    ids=["reply", "notice", "bounce", "x-loop", "own address", "nothing in it"],
)
def test_what_answers_by_itself_or_goes_round_is_rejected(
    raw: bytes, reason: str, the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    post.put(raw.replace(b"{address}", box.user.encode()), to=box.user)
    assert counts(pulled(box, home)) == (1, 0, 1)
    assert [(row.reason, row.contact_id) for row in register(box, the)] == [(reason, None)]
    assert len(post.held(box.user, "Rejected")) == 1


@pytest.mark.parametrize(
    "raw",
    [
        letters.headers_of("Auto-Submitted: auto-generated"),  # a police system reports so
        letters.headers_of("Auto-Submitted: no"),
        letters.headers_of("Precedence: bulk", "List-Id: <heads.meadow.example>"),
        letters.headers_of("Return-Path: <>"),
        letters.by_hand("Subject: my son", body=b""),
        letters.by_hand("garbage without a colon", body=b"please help me my dad hits me"),
        letters.by_hand("From: a@b.example", "Content-Type: multipart/mixed; boundary=", body=b"he is five"),
        b"please help, he is hurting my little girl",
    ],
    ids=[
        "generated",
        "not automatic",
        "list",
        "null sender",
        "subject alone",
        "no headers",
        "no boundary",
        "no head",
    ],
)
def test_nothing_is_rejected_for_being_odd(
    raw: bytes, the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    post.put(raw, to=box.user)
    assert counts(pulled(box, home)) == (1, 1, 0)


def test_the_same_bytes_twice_are_one_contact_and_a_reply_in_the_same_words_is_another(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    raw = letters.letter().as_bytes()
    post.put(raw, raw, letters.letter(Message_ID="<another@meadow.example>").as_bytes(), to=box.user)
    assert counts(pulled(box, home)) == (3, 2, 1)
    assert [row.reason for row in register(box, the)] == ["", "duplicate", ""]


def test_one_too_large_is_rejected_by_its_headers_and_taken_whole_when_a_worker_wants_it(
    the: Cast, post: MailServer, home: Home
) -> None:
    small = server.mailbox(post, address=post.new_mailbox(), most_bytes=2_000)
    (home.secrets / small.secret).write_text(server.PASSWORD)
    (home.secrets / small.secret).chmod(0o600)
    post.drop(letters.carrying(("plan.pdf", b"%PDF-1.7\n" + b"%" * 5_000 + PDF)), to=small.user)
    assert counts(pulled(small, home)) == (1, 0, 1)
    [row] = register(small, the)
    assert (row.reason, row.subject, row.sender) == ("too-large", "Wren Hollis", "pat@meadow.example")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        wanting.want(email=row, by=the.dilys, at=timezone.now())
    assert counts(pulled(small, home)) == (1, 1, 0)
    assert papers(filed(small, the)[0]) == [("message", "email.eml"), ("attachment", "plan.pdf")]
    assert [len(post.held(small.user, place)) for place in ("INBOX", "Filed", "Rejected")] == [0, 1, 0]
    assert counts(pulled(small, home)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ((f"Authentication-Results: {WELL.format('meadow.example')}",), "verified"),
        ((), "not-verified"),
        (
            ("Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=meadow.example",),
            "not-verified",
        ),
        ((f"Authentication-Results: {AUTHSERV}; dmarc=fail header.from=meadow.example",), "failed"),
        ((f"Authentication-Results: {WELL.format('evil.example')}",), "not-verified"),
    ],
    ids=["checked", "nothing", "another's", "failed", "of another domain"],
)
def test_only_the_mark_of_our_own_server_says_who_sent_it(
    marks: tuple[str, ...], state: str, the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    found = one(letters.headers_of(*marks), the, post, box, home)
    assert found.email.verified == state


def test_a_mark_that_a_sender_wrote_himself_is_a_forgery(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    forged = letters.headers_of(f"Authentication-Results: {WELL.format('meadow.example')}")
    post.send(forged, to=box.user)  # our border found nothing, and the sender says it did
    post.send(forged + b"again", to=box.user, found=f"{AUTHSERV}; dmarc=fail header.from=meadow.example")
    assert counts(pulled(box, home)) == (2, 2, 0)
    assert [found.email.verified for found in filed(box, the)] == ["forged", "forged"]


def test_a_checked_address_of_an_agency_we_know_names_the_agency_and_an_unchecked_one_does_not(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    from wenlock.agencies.actions import record_agency

    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        school = record_agency(
            source="schools",
            name=f"School of {box.name}",
            email=f"office@{box.name}.example",
            by=the.dilys,
            at=timezone.now(),
        )
    sender = f"pat@{box.name}.example"
    raw = letters.letter(From=sender).as_bytes()
    post.send(raw, to=box.user, found=WELL.format(f"{box.name}.example"))
    post.send(raw, to=box.user)
    assert counts(pulled(box, home)) == (2, 2, 0)
    checked, unchecked = filed(box, the)
    assert (checked.contact.agency, checked.contact.provenance.source.code) == (school, "schools")
    assert checked.contact.teller == "professional"
    assert (unchecked.contact.agency, unchecked.contact.provenance.source.code) == (None, "self")


def test_when_the_server_numbers_anew_nothing_is_doubled_or_lost(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = letters.letter().as_bytes(), letters.letter("He has gone again.").as_bytes()
    post.put(first, to=box.user)
    counts(pulled(box, home))
    post.put(second, to=box.user)
    with monkeypatch.context() as broken:  # found, and then the line goes
        broken.setattr(pulling.Taking, "_take", _gone)
        assert pulled(box, home).waiting == 1
    post.renumber(box.user)
    made = pulled(box, home)
    assert (made.received, made.filed, made.rejected, made.waiting, made.missing) == (3, 2, 1, 0, 0)
    assert sorted(row.reason for row in register(box, the)) == ["", "", "renumbered"]


def test_one_that_was_there_and_has_gone_is_missed(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(letters.letter().as_bytes(), to=box.user)
    with monkeypatch.context() as broken:
        broken.setattr(pulling.Taking, "_take", _gone)
        pulled(box, home)
    with post.reader(box.user) as client:
        client.select_folder("INBOX")
        client.delete_messages([1])
        client.expunge()
    made = pulled(box, home)
    assert (made.received, made.filed, made.waiting, made.missing) == (1, 0, 0, 1)


def test_while_the_virus_checker_is_silent_what_came_waits_and_is_filed_afterwards(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(letters.letter().as_bytes(), to=box.user)

    def silent(stream: object) -> None:
        raise scanning.CheckerSilent

    with monkeypatch.context() as broken:
        broken.setattr(scanning, "checker", lambda: scanning.Checker("clamd", silent))
        made = pulled(box, home)
        assert (made.filed, made.waiting, made.fault) == (0, 1, "not-filed")
        assert list(home.documents.rglob("*-*-*")) == []
    assert counts(pulled(box, home)) == (1, 1, 0)


def test_one_email_that_nobody_foresaw_keeps_no_other_waiting(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenlock.intake.mailbox import filing

    real = filing.read
    post.put(*(letters.letter(words).as_bytes() for words in ("one", "poison", "three")), to=box.user)
    monkeypatch.setattr(filing, "read", lambda raw: 1 / 0 if b"poison" in raw else real(raw))
    made = pulled(box, home)
    assert (made.received, made.filed, made.waiting, made.fault) == (3, 2, 1, "not-filed")
    assert len(post.held(box.user)) == 1


def test_a_server_whose_certificate_is_not_trusted_is_told_nothing(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(letters.letter().as_bytes(), to=box.user)
    by_tls = replace(box, tls=True, port=post.imaps)
    assert (pulled(by_tls, home).fault, len(post.held(box.user))) == ("unreachable", 1)
    monkeypatch.setenv("SSL_CERT_FILE", str(post.certificate))
    assert counts(pulled(by_tls, home)) == (1, 1, 0)


def test_a_server_that_is_away_or_says_no_is_the_pulls_fault(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    assert pulled(replace(box, port=1), home).fault == "unreachable"
    assert pulled(replace(box, folder="Nowhere"), home).fault == "refused"
    assert pulled(replace(box, name="without-password"), home).fault == "refused"


def test_more_words_than_a_page_holds_are_in_the_email_as_it_came(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    found = one(letters.letter("He said no. " * 20_000).as_bytes(), the, post, box, home)
    assert found.contact.words.endswith("The rest is in the e-mail as it came.]")
    assert len(found.contact.words) < 201_000
    assert papers(found) == [("message", "email.eml")]


def test_one_that_is_wanted_and_cannot_be_filed_waits_for_the_next_pull(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.put(letters.headers_of("Auto-Submitted: auto-replied"), to=box.user)
    assert counts(pulled(box, home)) == (1, 0, 1)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        wanting.want(email=register(box, the)[0], by=the.dilys, at=timezone.now())

    def silent(stream: object) -> None:
        raise scanning.CheckerSilent

    with monkeypatch.context() as broken:
        broken.setattr(scanning, "checker", lambda: scanning.Checker("clamd", silent))
        made = pulled(box, home)
        assert (made.filed, made.rejected, made.fault) == (0, 1, "not-filed")
    assert counts(pulled(box, home)) == (1, 1, 0)
    assert counts(pulled(box, home)) == (1, 1, 0)


def test_two_pulls_at_once_file_each_email_once(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, others = Folder.seen, iter([True])

    def seen(folder: Folder, uids: set[int]) -> list[Any]:
        found = real(folder, uids)
        if next(others, False):  # another pull runs from beginning to end just now
            assert counts(pulled(box, home)) == (2, 2, 0)
        return found

    post.put(letters.letter().as_bytes(), letters.letter("And again.").as_bytes(), to=box.user)
    monkeypatch.setattr(Folder, "seen", seen)
    made = pulled(box, home)  # it may find that what it would move has gone
    assert (made.received, made.filed, made.waiting, made.missing) == (2, 2, 0, 0)
    assert len(filed(box, the)) == 2
    assert counts(pulled(box, home)) == (2, 2, 0)


def test_a_pull_that_could_not_move_is_made_good_by_the_next(
    the: Cast, post: MailServer, box: Mailbox, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(folder: Folder, uids: list[int], to: str) -> None:
        if uids:
            raise OSError("the line was cut")

    post.put(letters.letter().as_bytes(), to=box.user)
    with monkeypatch.context() as broken:
        broken.setattr(Folder, "move", cut)
        made = pulled(box, home)
        assert (made.filed, made.fault, len(post.held(box.user))) == (1, "unreachable", 1)
    assert counts(pulled(box, home)) == (1, 1, 0)
    assert post.held(box.user) == []


def _gone(*_: object) -> None:
    raise OSError("the line was cut")
