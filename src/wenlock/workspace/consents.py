"""Consent to share from a record: given, seen, and withdrawn, which asks less than giving it does."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.notice import queries as notice
from wenlock.people import queries as people
from wenlock.people.queries import Opened
from wenlock.people.record import record_of
from wenlock.sharing import consenting, recipient_queries, weighing
from wenlock.sharing.codes import WORDING, WORDINGS
from wenlock.sharing.deciding import Rule
from wenlock.workspace.consent_forms import ConsentForm, WithdrawForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.views.record import head


@worker()
def listed(request: WorkerRequest, person: UUID) -> HttpResponse:
    """The consents to share from a record, the newest first, and whether each still stands."""
    opened, today = _opened(request, person), timezone.localdate(request.frame.at)
    context = head(request, opened, "Sharing") | {
        "consents": recipient_queries.consents_about(person=person, on=today),
        "named": request.frame.named,
        "categories": notice.named("category", on=today),
        "may_record": request.frame.may("record"),
    }
    return show(request, "workspace/consents.html", context)


@worker("GET", "HEAD", "POST", needs="record")
def give(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Record a consent, in the wording now in use."""
    opened, frame = _opened(request, person), request.frame
    today = timezone.localdate(frame.at)
    places = _by_consent(request)
    named = notice.named("category", on=today)
    allowed = {code for rule, _ in places.values() for code in rule.categories}
    form = ConsentForm(
        posted(request),
        places={key: f"{body}. For: {rule.purpose_name}" for key, (rule, body) in places.items()},
        people=_givers(opened, today),
        categories={code: name for code, name in named.items() if code in allowed},
        on=today,
    )
    said = request.method == "POST" and form.is_valid()
    given = attempt(form, lambda: _given(request, person, form, places)) if said else None
    if given:
        messages.success(request, "The consent is recorded.")
        return redirect("workspace:consents", person=person)
    page = form.page(
        title="Record consent to share",
        submit="Record the consent",
        cancel_url=reverse("workspace:consents", args=[person]),
    )
    context = {"page": page, "person": opened, "places": places, "wording": WORDINGS[WORDING]}
    return show(request, "workspace/consent_give.html", context, status=422 if form.errors else 200)


@worker("GET", "HEAD", "POST")
def withdraw(request: WorkerRequest, person: UUID, consent: UUID) -> HttpResponse:
    """Withdraw a consent: open to whoever sees the record, in one question."""
    opened, frame = _opened(request, person), request.frame
    row = recipient_queries.consent_row(person=person, consent=consent)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["withdrawn_by"]
        if attempt(
            form,
            lambda: consenting.withdraw_consent(consent=row, withdrawn_by=said, by=frame.actor, at=frame.at),
        ):
            messages.success(request, "The consent is withdrawn. Nothing more is sent on it.")
            return redirect("workspace:consents", person=person)
    page = form.page(
        title="Withdraw consent to share",
        submit="Withdraw it",
        cancel_url=reverse("workspace:consents", args=[person]),
    )
    context = {"page": page, "person": opened, "consent": row}
    return show(request, "workspace/consent_withdraw.html", context, status=422 if form.errors else 200)


def _opened(request: WorkerRequest, person: UUID) -> Opened:
    return people.person_for(request.frame.actor, person, wanted="full", part="consents")


def _givers(opened: Opened, today: date) -> dict[str, str]:
    """Who could consent: the person, and whoever has parental responsibility for them now."""
    kin = record_of(opened, on=today).kin
    able = [
        one.other for one in kin if one.other and one.responsibility not in ("", "No") and not one.until_on
    ]
    return {str(opened.id): opened.name} | {str(one.id): one.name for one in able}


def _by_consent(request: WorkerRequest) -> dict[str, tuple[Rule, str]]:
    """Each body of a recipient whose rule for the purpose now open rests on consent."""
    today = timezone.localdate(request.frame.at)
    return {
        f"{rule.code}:{place.pk}": (rule, place.body)
        for rule in weighing.rules_for(purpose=request.frame.purpose, on=today)
        if rule.ground.by_consent
        for place in recipient_queries.verified_at(rule)
    }


def _given(
    request: WorkerRequest, person: UUID, form: ConsentForm, places: dict[str, tuple[Rule, str]]
) -> object:
    said, frame = form.cleaned_data, request.frame
    rule, body = places[said["where"]]
    return consenting.give_consent(
        person=person,
        given_by=UUID(said["given_by"]),
        capacity=said["capacity"],
        competent_because=said["competent_because"] if said["capacity"] == "competent" else "",
        recipient=rule.recipient,
        body=body,
        purpose=rule.purpose,
        categories=said["categories"],
        how=said["how"],
        given_on=said["given_on"],
        by=frame.actor,
        at=frame.at,
    )
