"""The Django application."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "wenlock.agencies"
    label = "agencies"
    verbose_name = "Agencies"
