"""The pages of returns: bringing a census in, what came of it, and the ledger of returns released."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from wenlock.returns import queries
from wenlock.returns.cin import actions, releasing
from wenlock.returns.cin.actions import ImportNotAllowed, import_census
from wenlock.returns.cin.faults import CensusRefused
from wenlock.returns.forms import ImportForm
from wenlock.returns.operators import may
from wenlock.security.actions import record_event
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.sharing.queries import returns_released

View = Callable[..., HttpResponse]


def needs(capability: str, *, purpose: str) -> Callable[[View], View]:
    """A page for those whose role allows something for a purpose; it is answered in that purpose's name.

    Nobody else is told that there is such a page; that they asked is kept.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not isinstance(request.user, Actor):
                return redirect_to_login(request.get_full_path())
            with acting(actor=request.user.pk, purpose=purpose):
                if may(capability):
                    return view(request, *args, **kwargs)
                record_event("denied", detail={"wanted": capability, "why": "role"})
            raise Http404

        return answered

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@needs("import", purpose=actions.PURPOSE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Ask for a file and bring it in; refused, say where and what to do."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(request.user, Actor)
        try:
            report = import_census(stream=file, file_name=file.name, by=request.user, at=timezone.now())
        except CensusRefused as refused:
            return render(
                request, "returns/refused.html", {"refused": refused, "file_name": file.name}, status=422
            )
        except ImportNotAllowed as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("returns:import_report", report.batch)
    page = form.page(title="Bring in a census", submit="Bring in the file")
    context = {"page": page, "batches": queries.batches()}
    return render(request, "returns/import.html", context, status=422 if form.errors else 200)


@require_GET
@needs("import", purpose=actions.PURPOSE)
def report(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What bringing a file in did."""
    found = queries.batch(batch)
    if found is None:
        raise Http404
    differences = [
        (line, element, given, {"text": "Open the record", "href": _record(person)})
        for line, person, element, given in found.differences
    ]
    return render(request, "returns/report.html", {"batch": found, "differences": differences})


@require_GET
@needs("approve-return", purpose=releasing.PURPOSE)
def ledger(request: HttpRequest) -> HttpResponse:
    """The returns that were released: what, when, to whom, by whom, and the hash of each file."""
    return render(request, "returns/ledger.html", {"released": returns_released()})


def _record(person: UUID) -> str:
    """Where a person's record is shown, by a context above this one; "" when there is no such page."""
    try:
        return reverse("workspace:person", args=[person])
    except NoReverseMatch:
        return ""
