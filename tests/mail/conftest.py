"""Fixtures of the tests of e-mail: a real mail server for the run, and a mailbox of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.mail import server as servers
from tests.mail.server import MailServer
from wenlock.base.home import Home
from wenlock.base.home import replace_file as write
from wenlock.intake.mailbox.declared import Mailbox


@pytest.fixture(scope="session")
def post() -> Iterator[MailServer]:
    """The mail server of this run."""
    if not servers.dovecot():
        pytest.skip("There is no Dovecot: run `make mail-server`.")
    with servers.running() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An installation's folder with nothing in it."""
    made = Home(tmp_path / "home").prepare()
    monkeypatch.setattr(settings, "HOME", made)
    return made


@pytest.fixture
def box(post: MailServer, home: Home) -> Mailbox:
    """A mailbox that nothing has come to yet."""
    made = servers.mailbox(post, address=post.new_mailbox())
    write(home.secrets / made.secret, servers.PASSWORD)
    return made
