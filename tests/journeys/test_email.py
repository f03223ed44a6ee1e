"""An e-mail from the school's own server to the worker's screen: it comes in, is seen, decided on and answered."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, Stage
from tests.journeys.sign_in_fixtures import complaints, faults
from tests.mail import letters, server
from tests.mail.server import AUTHSERV, WELL, MailServer
from wenlock.base.home import replace_file
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.pulling import pull


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    """A mail server for these journeys."""
    if not server.dovecot():
        pytest.skip("There is no Dovecot: run `make mail-server`.")
    with server.running() as running:
        yield running


@pytest.fixture(scope="module")
def box(post: MailServer) -> Mailbox:
    """The front door's mailbox."""
    made: Mailbox = server.mailbox(post, address="front-door@wenlock.example")
    replace_file(settings.HOME.prepare().secrets / made.secret, server.PASSWORD)
    return made


def came_in(post: MailServer, box: Mailbox, raw: bytes, *, found: str) -> None:
    """Send an e-mail, and read the mailbox."""
    post.send(raw, to=box.user, found=found)
    assert pull(box, home=settings.HOME, clock=timezone.now).fault == ""


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "script"), [(DESK, True), (320, False)], ids=["desk", "phone without scripts"]
)
def test_an_email_goes_from_the_schools_server_to_the_decision(
    width: int, script: bool, stage: Stage, post: MailServer, box: Mailbox
) -> None:
    subject, teacher = ("Wren at a desk", "Mr Desk") if script else ("Wren on a telephone", "Ms Phone")
    came_from = f"{teacher} <pat@meadow.example>"
    raw = letters.carrying(("Attendance.txt", b"Wren was away on Monday."), Subject=subject, From=came_from)
    came_in(post, box, raw, found=WELL.format("meadow.example"))
    page = stage.open(stage.family.orla, width=width, script=script)
    heard = complaints(page)
    page.goto("/work/contacts/")
    fits(page, width)
    row = page.get_by_role("row").filter(has_text=f"Email. The person themself. {teacher}")
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    expect(page.get_by_text(subject)).to_be_visible()
    expect(page.get_by_text("The sender’s address was checked by our mail server.")).to_be_visible()
    expect(page.get_by_role("link", name="Attendance.txt")).to_be_visible()
    fits(page, width)
    if script:
        assert faults(page) == []
    page.get_by_role("button", name="Decide what follows").click()
    page.get_by_label("Information and advice").check()
    page.get_by_label("What did you look at?").fill("The e-mail and the record")
    page.get_by_label("Why?", exact=True).fill("Advice met the need")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_label("By email").check()
    page.get_by_label("What did you tell them?").fill("We have spoken with the family")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The contact is finished.")).to_be_visible()
    assert heard == []


@pytest.mark.parametrize(
    ("width", "script"), [(DESK, True), (320, False)], ids=["desk", "phone without scripts"]
)
def test_what_was_rejected_is_taken_after_all(
    width: int, script: bool, stage: Stage, post: MailServer, box: Mailbox
) -> None:
    subject = f"Away from {'a desk' if script else 'a telephone'}"
    came_in(post, box, letters.headers_of("Auto-Submitted: auto-replied", Subject=subject), found="")
    page = stage.open(stage.family.orla, width=width, script=script)
    page.goto("/work/contacts/")
    page.get_by_role("link", name="E-mail received, and what was not filed").click()
    fits(page, width)
    if script:
        assert faults(page) == []
    page.get_by_role("row").filter(has_text=subject).get_by_role("button", name="Take it after all").click()
    expect(page.get_by_text("The e-mail is asked for.")).to_be_visible()
    pull(box, home=settings.HOME, clock=timezone.now)
    page.goto("/work/contacts/mailboxes/")
    expect(page.get_by_role("row").filter(has_text=subject)).to_have_count(0)


def test_a_forged_sender_is_warned_of(stage: Stage, post: MailServer, box: Mailbox) -> None:
    found = f"{AUTHSERV}; dmarc=fail header.from=meadow.example"
    raw = letters.letter("Send me her address.", From="No Body <pat@meadow.example>").as_bytes()
    came_in(post, box, raw, found=found)
    page = stage.open(stage.family.orla, width=320)
    page.goto("/work/contacts/")
    page.get_by_role("row").filter(has_text="The person themself. No Body").get_by_role("link").click()
    expect(
        page.get_by_text("Do not answer it. Reach the sender by a number you already have.")
    ).to_be_visible()
    fits(page, 320)
    assert faults(page) == []
