"""The interface for partners' systems, version 1: the address says the version, and a change that breaks is another."""

import json
import logging
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Header, NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wenlock.base.sentences import refusal
from wenlock.intake.own_words import NoAgreementInForce
from wenlock.notice.queries import NoNoticeInForce, NotInTheNotice
from wenlock.partners import actions, queries
from wenlock.partners.bodies import ContactProgress, ContactSent, ContactTaken, Health, OwnWordsSent, Problem
from wenlock.partners.codes import FIELD_FAULTS, OWN_WORDS, READ_OWN, SEND
from wenlock.partners.problems import Refused, faults, of, problem
from wenlock.partners.queries import Caller
from wenlock.partners.reading import PartnersKey, StrictJson
from wenlock.security.context import acting

log = logging.getLogger("wenlock.partners")
DENIED, LOCKED = "42501", "55P03"  # what PostgreSQL calls that something is not allowed, and a lock not had

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$",
        description="Your own name for this request, such as a random UUID. Send the same again with the same.",
    ),
]  # fmt: skip


api = NinjaAPI(
    title="Wenlock for partners",
    version="1",
    description="Send children's services what you are worried about, and ask what became of it.",
    urls_namespace="partners-v1",
    openapi_url=None,
    docs_url=None,
    auth=PartnersKey(),
    parser=StrictJson(),
)


def answers(*statuses: int) -> dict[int, type[Problem]]:
    """The problems an operation may answer with."""
    return dict.fromkeys(statuses, Problem)


@api.post(
    "/contacts",
    response={201: ContactTaken, **answers(400, 401, 403, 409, 413, 415, 422, 429, 503)},
    operation_id="send_contact",
    url_name="send_contact",
    summary="Send a contact",
)
def send_contact(request: HttpRequest, body: ContactSent, idempotency_key: IdempotencyKey) -> Any:
    """Take a contact once. The same request again, with the same Idempotency-Key, has the same answer for a week."""
    caller = allowed(request, SEND)
    if body.danger != "now":
        within_the_rate(caller)
    with acting(actor=caller.actor, purpose=caller.purpose):
        taken = actions.send(
            telling=body.telling(agency=caller.agency), about=body.about(), caller=caller, repeat=idempotency_key,
            said=json.dumps(body.model_dump(mode="json"), sort_keys=True), at=timezone.now(),
        )  # fmt: skip
        actions.note_call(caller=caller, operation=of(request), answer=201, contact=taken.id)
    return _taken(request, taken)


@api.post(
    "/own-words",
    response={201: ContactTaken, **answers(400, 401, 403, 409, 413, 415, 422, 429, 503)},
    operation_id="send_own_words",
    url_name="send_own_words",
    summary="Send what a child wrote",
)
def send_own_words(request: HttpRequest, body: OwnWordsSent, idempotency_key: IdempotencyKey) -> Any:
    """Take a child's own words, under an agreement in force today. What has your id already is not taken again."""
    caller, at = allowed(request, OWN_WORDS), timezone.now()
    if body.danger != "now":
        within_the_rate(caller)
    if body.written_at > at:
        raise Refused("not-valid", errors=[{"field": "written_at", "code": FIELD_FAULTS["later_than_now"]}])
    with acting(actor=caller.actor, purpose=caller.purpose):
        taken = actions.send_own_words(
            words=body.words, written_at=body.written_at, child=body.child.named("child"), partner_key=body.id,
            form=body.form, danger=body.danger, caller=caller, repeat=idempotency_key,
            said=json.dumps(body.model_dump(mode="json"), sort_keys=True), at=at,
        )  # fmt: skip
        actions.note_call(caller=caller, operation=of(request), answer=201, contact=taken.id)
    return _taken(request, taken)


def _taken(request: HttpRequest, taken: actions.Taken) -> HttpResponse:
    answer = ContactTaken(id=taken.id, reference=taken.reference, received_at=taken.received_at)
    response = api.create_response(request, answer.model_dump(), status=201)
    response.headers["Location"] = reverse("partners-v1:read_contact", args=[taken.id])
    return response


@api.get(
    "/contacts/{uuid:contact}",
    response={200: ContactProgress, **answers(401, 403, 404, 429, 503)},
    operation_id="read_contact",
    url_name="read_contact",
    summary="Ask what became of a contact",
)
def read_contact(request: HttpRequest, contact: UUID) -> Any:
    """What became of a contact that your agency sent, for the same purpose. Another's is not found."""
    caller = allowed(request, READ_OWN)
    within_the_rate(caller)
    with acting(actor=caller.actor, purpose=caller.purpose):
        found = queries.progress(contact)
        if found:
            actions.note_call(caller=caller, operation=of(request), answer=200, contact=contact)
    if found is None:
        raise Refused("not-found")
    status = "decided" if found.decided else "received"
    return ContactProgress.model_validate(
        asdict(found) | {"status": status, "outcome": found.outcome or None}
    )


@api.get(
    "/health",
    auth=None,
    response={200: Health, **answers(503)},
    operation_id="read_health",
    url_name="read_health",
    summary="Ask whether the interface answers",
)
def read_health(request: HttpRequest) -> Any:
    """Whether the interface and its database answer. Needs no key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Health()


def allowed(request: HttpRequest, scope: str) -> Caller:
    """The caller, if their key is for this. Raises Refused."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    if scope not in caller.scopes:
        raise Refused("scope-missing")
    return caller


def within_the_rate(caller: Caller) -> None:
    """Raises Refused for a call beyond the rate of the key."""
    if caller.over:
        raise Refused("too-many", wait=caller.wait)


def _answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The problem, and its mark in the trail when a key called: of too many, only the first of each stretch of time."""
    response = problem(refused)
    caller: Caller | None = getattr(request, "caller", None)
    if caller and (refused.code != "too-many" or caller.first_over):
        log.info("A call was refused: %s %s", caller.prefix, refused.code)
        with acting(actor=caller.actor, purpose=caller.purpose):
            actions.note_call(caller=caller, operation=of(request), answer=response.status_code)
    return response


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _answer(request, error)


@api.exception_handler(AuthenticationError)
def _not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(Refused("key-refused"))


@api.exception_handler(HttpError)
def _not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    return _answer(request, cause if isinstance(cause, Refused) else Refused("bad-request"))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _answer(request, Refused("too-large"))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _answer(request, Refused("not-valid", errors=faults(error.errors)))


@api.exception_handler(actions.RepeatDiffers)
def _differs(request: HttpRequest, error: actions.RepeatDiffers) -> HttpResponse:
    return _answer(request, Refused("repeat-differs"))


@api.exception_handler(NoAgreementInForce)
def _no_agreement(request: HttpRequest, error: NoAgreementInForce) -> HttpResponse:
    return _answer(request, Refused("no-agreement"))


@api.exception_handler(NoNoticeInForce)
@api.exception_handler(NotInTheNotice)
def _no_notice(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("A contact was not taken: %s", type(error).__name__)
    return problem(Refused("unavailable", wait=60))


@api.exception_handler(DatabaseError)
def _database(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    """A key that ended in the middle, a repeat still being taken, or a fault. No word of the row reaches the log."""
    state = getattr(error.__cause__, "sqlstate", "") or ""
    if state == LOCKED:
        return _answer(request, Refused("still-being-taken"))
    caller: Caller | None = getattr(request, "caller", None)
    if state == DENIED and caller and not queries.in_force(caller):
        log.warning("A key ended while it was used: %s", caller.prefix)
        return problem(Refused("key-refused"))
    log.error("A call was not answered: %s %s", type(error).__name__, refusal(error) or state)
    return problem(Refused("unavailable", wait=30))
