"""A pull killed with -9 at each moment between two things that must not come apart: nothing is lost, nothing doubled."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, recall
from tests.mail import letters
from tests.mail.killed import MOMENTS
from tests.mail.server import MailServer
from wenlock.base.home import Home
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.pulling import pull
from wenlock.intake.models import Contact, Email, Paper
from wenlock.security.context import acting

ROOT = Path(__file__).resolve().parents[3]
SAID = [f"{place}: he was not fetched from school." for place in ("First", "Second", "Third")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_pull_killed_loses_nothing_and_doubles_nothing(
    moment: str,
    post: MailServer,
    box: Mailbox,
    home: Home,
    django_db_setup: None,
    django_db_blocker: Any,
) -> None:
    post.put(*(letters.letter(words).as_bytes() for words in SAID), to=box.user)
    post.put(letters.headers_of("Auto-Submitted: auto-replied"), to=box.user)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.mail.killed", moment, json.dumps(asdict(box)), str(home.root)], cwd=ROOT
    )
    assert ended.returncode == -signal.SIGKILL
    with django_db_blocker.unblock():
        made = pull(box, home=home, clock=timezone.now)
        assert (made.received, made.filed, made.rejected, made.waiting, made.missing, made.fault) == (
            4, 3, 1, 0, 0, "",
        )  # fmt: skip
        dilys = recall().dilys
        with acting(actor=dilys.pk, purpose=PURPOSE):
            mine = Email.objects.filter(mailbox=box.name).values_list("contact", flat=True)
            words = Contact.objects.filter(words__contains="not fetched from school", pk__in=mine)
            assert sorted(each.words.split("\n\n")[1] for each in words) == SAID
            unregistered = Contact.objects.filter(
                recorded_by__email="mailbox@services.invalid", email__isnull=True
            )
            assert not unregistered.exists()
            assert Paper.objects.filter(contact__in=words).count() == 3
    assert [len(post.held(box.user, place)) for place in ("INBOX", "Filed", "Rejected")] == [0, 3, 1]
