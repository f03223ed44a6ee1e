"""What tests of the worker's pages share: somebody at a browser, and what a page says."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.security import step_up
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent


def at_work(actor: Actor, *, purpose: str = PURPOSE, confirmed: bool = False, csrf: bool = False) -> Client:
    """A browser signed in as a worker; `confirmed` as though they had just shown again who they are."""
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(actor, backend="wenlock.security.backends.StaffBackend")
    session = client.session
    session["purpose"] = purpose
    if confirmed:
        session[step_up.CONFIRMED] = int(timezone.now().timestamp())
    session.save()
    return client


def said(response: Any) -> str:
    """The words of a page, without its marks, on one line."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "<" + main)).split())


def alike(response: Any) -> str:
    """A page without what differs each time it is shown: the mark against forgery."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def trail(the: Cast, kind: str) -> list[AuditEvent]:
    """The events of a kind as the data protection officer reads them, the first first."""
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        return list(AuditEvent.objects.filter(kind=kind).order_by("id"))
