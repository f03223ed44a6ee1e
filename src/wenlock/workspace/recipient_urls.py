"""The addresses of where information may be sent, under `recipients/` of the worker's pages."""

from django.urls import path

from wenlock.workspace import recipients

urlpatterns = [
    path("", recipients.listed, name="recipients"),
    path("add/", recipients.add, name="destination-add"),
    path("agreements/add/", recipients.agree, name="agreement-add"),
    path("agreements/<uuid:agreement>/stop/", recipients.stop_agreement, name="agreement-stop"),
    path("<uuid:destination>/change/", recipients.change, name="destination-change"),
    path("<uuid:destination>/verify/", recipients.verify, name="destination-verify"),
    path("<uuid:destination>/stop/", recipients.stop, name="destination-stop"),
]
