"""What the front door sees of its mailboxes, what the database refuses, and what the operator's command says."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import taken
from tests.integration.workspace_examples import at_work, said
from tests.mail import letters
from tests.mail.server import AUTHSERV, MailServer
from tests.mail.test_pulling import counts, filed, pulled, register
from wenlock.base.home import Home
from wenlock.intake import actions, commands, tasks
from wenlock.intake.mailbox import queries, wanting
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.models import Contact, Email, Pull
from wenlock.security.actions import declare_conflict
from wenlock.security.context import acting

PAGE = "/work/contacts/mailboxes/"
REPLY = letters.headers_of("Auto-Submitted: auto-replied", Subject="Out of the office")


@pytest.fixture
def rejected(the: Cast, post: MailServer, box: Mailbox, home: Home) -> Email:
    """An automatic reply that was rejected."""
    post.put(REPLY, to=box.user)
    assert counts(pulled(box, home)) == (1, 0, 1)
    return register(box, the)[0]


@pytest.fixture
def one(the: Cast, post: MailServer, box: Mailbox, home: Home) -> Any:
    """An e-mail that was filed: its contact as it is read."""
    post.put(letters.letter().as_bytes(), to=box.user)
    assert counts(pulled(box, home)) == (1, 1, 0)
    return filed(box, the)[0]


def test_what_was_rejected_is_listed_with_why_and_filed_when_somebody_wants_it(
    the: Cast, rejected: Email, box: Mailbox, home: Home, post: MailServer
) -> None:
    browser = at_work(the.dilys)
    page = said(browser.get(PAGE))
    for words in ("Out of the office", "pat@meadow.example", "It is an automatic reply", "All accounted for"):
        assert words in page
    answer = browser.post(f"{PAGE}{rejected.pk}/want/", follow=True)
    assert "The e-mail is asked for." in said(answer)
    assert "Asked for" in said(answer)
    assert browser.post(f"{PAGE}{rejected.pk}/want/").status_code == 404
    assert counts(pulled(box, home)) == (1, 1, 0)
    assert "Out of the office" not in said(browser.get(PAGE))
    assert filed(box, the)[0].contact.words.startswith("Out of the office")
    assert len(post.held(box.user, "Filed")) == 1


@pytest.mark.parametrize("who", ["amara", "femi", "gwen", "harriet", "noel"])
def test_the_mailboxes_are_the_front_doors(the: Cast, rejected: Email, who: str) -> None:
    browser = at_work(getattr(the, who))
    assert browser.get(PAGE).status_code == 404
    assert browser.post(f"{PAGE}{rejected.pk}/want/").status_code == 404
    with acting(actor=getattr(the, who).pk, purpose=PURPOSE):
        assert not Email.objects.exists()


def test_an_email_is_hidden_with_its_contact_from_whoever_is_in_conflict(the: Cast, one: Any) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        mention = actions.add_mention(contact=one.contact, named=actions.Named(given="Mia"))
        actions.match(mention=mention, person=the.people.mia.pk, by=the.dilys, at=timezone.now())
        assert Email.objects.filter(pk=one.email.pk).exists()
        declare_conflict(
            actor=the.dilys, person=the.people.mia.pk, kind="relative", by=the.dilys, at=timezone.now()
        )
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Email.objects.filter(pk=one.email.pk).exists()


def test_the_page_of_a_contact_says_whether_the_sender_was_checked(the: Cast, one: Any) -> None:
    page = said(at_work(the.dilys).get(f"/work/contacts/{one.contact.pk}/"))
    assert "We could not check that this came from that address." in page
    assert "Warning" not in page


def test_the_page_of_a_contact_warns_of_a_forged_sender(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    post.put(letters.headers_of(f"Authentication-Results: {AUTHSERV}; dmarc=fail"), to=box.user)
    pulled(box, home)
    page = said(at_work(the.dilys).get(f"/work/contacts/{filed(box, the)[0].contact.pk}/"))
    assert "did not come from that address. Do not answer it." in page


def test_what_an_email_says_is_shown_as_words_and_never_run(
    the: Cast, post: MailServer, box: Mailbox, home: Home
) -> None:
    bad = "<script>alert(1)</script>"
    post.put(letters.letter(bad, Subject=bad, From=f'"{bad}" <x@y.example>').as_bytes(), to=box.user)
    post.put(letters.headers_of("Auto-Submitted: auto-replied", Subject=bad), to=box.user)
    pulled(box, home)
    for page in (PAGE, f"/work/contacts/{filed(box, the)[0].contact.pk}/"):
        assert bad not in at_work(the.dilys).get(page).content.decode()


def test_the_contacts_page_warns_while_a_mailbox_does_not_add_up(
    the: Cast, box: Mailbox, home: Home, council: Path
) -> None:
    from dataclasses import replace

    pulled(replace(box, port=1), home)
    page = said(at_work(the.dilys).get("/work/contacts/"))
    assert f"E-mail may not be coming in. The mailbox {box.name}: The mail server did not answer." in page


def test_a_mailbox_not_read_for_an_hour_is_said_to_be_so_unless_it_is_declared_no_more(
    the: Cast, one: Any, box: Mailbox, council: Path
) -> None:
    def standing(after: int) -> tuple[str, ...]:
        with acting(actor=the.dilys.pk, purpose=PURPOSE):
            every = queries.standings(at=timezone.now() + timedelta(minutes=after))
        return next(each.faults for each in every if each.mailbox == box.name)

    assert standing(after=59) == ()
    assert standing(after=61) == ("It has not been read for more than an hour.",)
    council.write_text("")
    assert standing(after=61) == ()


def test_a_mailbox_declared_wrongly_warns_the_front_door_too(the: Cast, council: Path) -> None:
    council.write_text('[mailbox.door]\nuser = "u"')
    assert "lacks addresses, host" in said(at_work(the.dilys).get("/work/contacts/"))


def test_the_worker_reads_every_mailbox_and_fails_loudly_for_one(
    the: Cast, post: MailServer, box: Mailbox, council: Path
) -> None:
    post.put(letters.letter().as_bytes(), to=box.user)
    tasks.pull_mailboxes(0)
    assert len(filed(box, the)) == 1
    council.write_text(council.read_text().replace(f"port = {box.port}", "port = 1"))
    with pytest.raises(tasks.MailboxNotRead, match=box.name):
        tasks.pull_mailboxes(0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE intake_email SET subject = 'other' WHERE id = %s",
        "UPDATE intake_email SET contact_id = NULL WHERE id = %s",
        "UPDATE intake_email SET reason = 'automatic' WHERE id = %s",
        "UPDATE intake_email SET wanted_by_id = guard.actor(), wanted_at = now() WHERE id = %s",
        "DELETE FROM intake_email WHERE id = %s",
    ],
)
@pytest.mark.parametrize("who", ["dilys", "mailbox"])
def test_an_email_is_kept_as_it_was_read(the: Cast, one: Any, change: str, who: str) -> None:
    by = the.dilys if who == "dilys" else actions.way_in("mailbox")
    purpose = PURPOSE if who == "dilys" else actions.PURPOSE
    before = Email.objects.filter(pk=one.email.pk).values()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        stood = list(before)
    try:
        with acting(actor=by.pk, purpose=purpose), connection.cursor() as cursor:
            cursor.execute(change, [one.email.pk])
            assert cursor.rowcount == 0
    except DatabaseError:
        pass
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert list(before.all()) == stood


def test_the_way_in_files_an_email_with_no_contact_but_its_own(the: Cast, box: Mailbox) -> None:
    others = taken(the.dilys)
    by, at = actions.way_in("mailbox"), timezone.now()
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        row = Email.objects.create(
            mailbox=box.name, uidvalidity=1, uid=1, size=1, arrived_at=at, recorded_by=by, recorded_at=at
        )
        row.read_at, row.sha256, row.verified, row.contact_id = at, "0" * 64, "verified", others.pk
        with pytest.raises(DatabaseError, match="kept as it was read"), transaction.atomic():
            row.save(update_fields=["read_at", "sha256", "verified", "contact"])


def test_the_way_in_sees_no_contact_and_asks_for_nothing(the: Cast, rejected: Email) -> None:
    taken(the.dilys)
    by = actions.way_in("mailbox")
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        assert not Contact.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            wanting.want(email=rejected, by=by, at=timezone.now())


def test_a_worker_asks_in_nobody_elses_name(the: Cast, rejected: Email) -> None:
    with (
        acting(actor=the.dilys.pk, purpose=PURPOSE),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        wanting.want(email=rejected, by=the.esme, at=timezone.now())


def test_a_count_that_does_not_add_up_is_refused(the: Cast, one: Any, box: Mailbox) -> None:
    by, at = actions.way_in("mailbox"), timezone.now()
    with (
        acting(actor=by.pk, purpose=actions.PURPOSE),
        pytest.raises(DatabaseError, match="adds_up"),
        transaction.atomic(),
    ):
        Pull.objects.create(
            mailbox=box.name, began_at=at, ended_at=at, came=0, received=2, filed=1, rejected=0, waiting=0, missing=0,
            recorded_by=by,
        )  # fmt: skip


@pytest.fixture
def council(tmp_path: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council that declares the mailbox."""
    folder = tmp_path / "authorities" / settings.AUTHORITY
    folder.mkdir(parents=True)
    (folder / "authority.toml").write_text(
        f'[mailbox.{box.name}]\nhost = "{box.host}"\nport = {box.port}\nuser = "{box.user}"\ntls = false\n'
        f'addresses = ["{box.user}"]\n'
    )
    monkeypatch.setattr(settings, "AUTHORITIES", tmp_path / "authorities")
    return folder / "authority.toml"


def run(*words: str, **how: Any) -> tuple[int, str]:
    done = CliRunner().invoke(commands.mailbox, words, **how)
    return done.exit_code, done.output


def test_the_command_pulls_counts_and_compares(
    the: Cast, post: MailServer, box: Mailbox, council: Path
) -> None:
    post.put(letters.letter().as_bytes(), REPLY, to=box.user)
    adds_up = f"{box.name}: 2 new. Received 2 = filed 1 + rejected 1\n"
    assert run("pull") == (0, adds_up)
    none = f"{box.name}: on the server and not in the register: none\n{box.name}: waited for and not on the server: none\n"
    assert run("reconcile", box.name) == (0, adds_up + none)
    post.put(letters.letter("And again.").as_bytes(), to=box.user)
    code, output = run("reconcile")
    assert (code, "not in the register: 3" in output) == (1, True)


def test_the_command_keeps_a_password_where_nobody_else_reads_it(
    box: Mailbox, council: Path, home: Home
) -> None:
    code, output = run("password", box.name, input="another\n", obj=home)
    assert code == 0, output
    assert (home.secrets / box.secret).stat().st_mode & 0o077 == 0
    assert box.password(home) == "another"
    assert "another" not in output


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (
            '[mailbox.door]\nhost = "mx.example"\nuser = "u"\naddresses = []\ntls = false',
            "this machine itself",
        ),
        ('[mailbox.door]\nuser = "u"', "lacks addresses, host"),
        ('[mailbox.door]\nhost = "h"\nuser = "u"\naddresses = []\npassword = "x"', "does not take password"),
        ('[mailbox.door]\nhost = "h"\nuser = "u"\naddresses = []\nfiled = "INBOX"', "need a folder each"),
        ('[mailbox.Door]\nhost = "h"\nuser = "u"\naddresses = []', "small letters"),
        ("", "declares no mailbox"),
    ],
)
def test_a_mailbox_declared_wrongly_is_told_what_is_wrong(council: Path, table: str, why: str) -> None:
    council.write_text(table)
    code, output = run("pull")
    assert (code, why in output) == (1, True), output
