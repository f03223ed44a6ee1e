"""Pages of telling us, sent as a browser sends them, and what the front door then has."""

from typing import Any

from django.test import Client
from django.utils import timezone
from lxml import html

from tests.cast import PURPOSE, Cast
from wenlock.intake import queries
from wenlock.intake.models import Contact, Mention
from wenlock.security.context import acting

KINDS = ("concern", "help", "question", "change", "complaint")
FORMS = [f"/tell-us/{kind}/" for kind in KINDS]
PAGES = ["/tell-us/", *FORMS]


def filled_in(browser: Client, address: str, **answers: Any) -> dict[str, Any]:
    """What a browser would send of the page: what stands in it, and these answers."""
    tree = html.fromstring(browser.get(address).content.decode())
    (form,) = tree.xpath("//main//form")
    return {name: value for name, value in form.fields.items() if value is not None} | answers


def send(kind: str, browser: Client | None = None, **answers: Any) -> Any:
    """Fill in a form of this kind, and press the button."""
    browser = browser or Client()
    address = f"/tell-us/{kind}/"
    return browser.post(address, filled_in(browser, address, **answers))


def reference(answer: Any, browser: Client | None = None) -> str:
    """The reference on the page that thanks, to which the answer leads."""
    assert answer.status_code == 303, answer.content.decode()[:3000]
    shown = (browser or Client()).get(answer["Location"])
    return str(html.fromstring(shown.content.decode()).xpath("string(//*[@class='wl-reference'])"))


def waiting(the: Cast) -> list[queries.Waiting]:
    """What the front door's worker sees waiting."""
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return queries.waiting(at=timezone.now())


def taken(the: Cast) -> tuple[Contact, list[Mention]]:
    """The one contact there is, and whom it is about, as the front door's worker reads it."""
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.select_related(
            "provenance__source", "provenance__channel", "recorded_by"
        ).get()
        return contact, list(contact.mentions.order_by("position"))
