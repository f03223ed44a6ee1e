"""Addresses for the tests of confirming again: the site's own, and one dangerous page of none of its
contexts."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wenlock.security.step_up import step_up_required
from wenlock.web.urls import urlpatterns as the_sites_own

DONE: list[dict[str, list[str]]] = []


@step_up_required
def dangerous(request: HttpRequest) -> HttpResponse:
    """Does something at a post."""
    if request.method == "POST":
        DONE.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    return HttpResponse("done" if request.method == "POST" else "the form")


urlpatterns = [*the_sites_own, path("dangerous/", dangerous)]
