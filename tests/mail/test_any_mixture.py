"""Whatever comes, in whatever order, with the line cut anywhere: received is filed and rejected, and nothing is twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import PURPOSE, Cast
from tests.mail import letters, server
from tests.mail.server import MailServer
from wenlock.base.home import Home, replace_file
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.pulling import pull
from wenlock.intake.mailbox.server import Folder
from wenlock.intake.models import Email, Pull
from wenlock.security.context import acting

NUMBERS = count(1)
FILED = {
    "letter": lambda n: letters.letter(f"He is {n}.").as_bytes(),
    "odd": lambda n: b"no head at all, number %d" % n,
    "eight bits": lambda n: letters.by_hand(b"Subject: caf\xe9 \xff", body=b"\xfe\xff number %d" % n),
    "forged": lambda n: letters.headers_of(f"Authentication-Results: {server.AUTHSERV}; dmarc=fail; n={n}"),
    "with a program": lambda n: letters.carrying(("run.exe", b"MZ\0\0" + bytes(60)), Subject=f"{n}"),
}
REJECTED = {
    "reply": lambda n: letters.headers_of("Auto-Submitted: auto-replied", words=f"Away {n}"),
    "bounce": lambda n: letters.bounce(letters.letter(f"{n}")),
    "large": lambda n: letters.letter(f"{n} " * 20_000).as_bytes(),
}
THINGS = [*FILED, *REJECTED, "the same again", "a pull", "a pull cut short", "numbered anew"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(things=st.lists(st.sampled_from(THINGS), max_size=9), cut_at=st.integers(0, 12))
def test_received_is_filed_and_rejected(
    things: list[str], cut_at: int, the: Cast, post: MailServer, home: Home
) -> None:
    box = server.mailbox(post, address=post.new_mailbox(), most_bytes=50_000)
    replace_file(home.secrets / box.secret, server.PASSWORD)
    sent: list[bytes] = []
    for thing in things:
        if thing in ("a pull", "a pull cut short"):
            adds_up(pulled(box, home, cut_at=cut_at if thing == "a pull cut short" else None))
        elif thing == "numbered anew":
            post.renumber(box.user)
        else:
            raw = (
                sent[-1]
                if thing == "the same again" and sent
                else (FILED | REJECTED).get(thing, FILED["letter"])(next(NUMBERS))
            )
            sent.append(raw)
            post.put(raw, to=box.user)
    made = pulled(box, home)
    adds_up(made)
    assert (made.waiting, made.missing, made.fault) == (0, 0, "")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        rows = list(Email.objects.filter(mailbox=box.name).select_related("contact"))
    fileable = {
        raw
        for raw in sent
        if len(raw) < 50_000 and b"auto-replied" not in raw and b"delivery-status" not in raw
    }
    assert made.filed == len(fileable)
    assert len({row.sha256 for row in rows if row.contact_id}) == made.filed
    assert len([row for row in rows if row.reason != "renumbered"]) == len(sent)
    assert post.held(box.user) == []
    assert sum(len(post.held(box.user, place)) for place in ("Filed", "Rejected")) == len(sent)


def pulled(box: Mailbox, home: Home, *, cut_at: int | None = None) -> Pull:
    """One pull; `cut_at` is how many answers the server gives before the line goes."""
    with cut(cut_at):
        return pull(box, home=home, clock=timezone.now)


def adds_up(made: Pull) -> None:
    assert made.received == made.filed + made.rejected + made.waiting + made.missing


@contextmanager
def cut(after: int | None) -> Iterator[None]:
    """The line to the server goes after so many answers."""
    real = {name: getattr(Folder, name) for name in ("uids", "seen", "whole", "head", "digest", "move")}
    answers = count()

    def counted(name: str):  # type: ignore[no-untyped-def]
        def asked(folder: Folder, *given: object) -> object:
            if after is not None and next(answers) >= after:
                raise OSError("the line was cut")
            return real[name](folder, *given)

        return asked

    for name in real:
        setattr(Folder, name, counted(name))
    try:
        yield
    finally:
        for name, method in real.items():
            setattr(Folder, name, method)
