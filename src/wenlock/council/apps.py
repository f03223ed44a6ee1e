"""The Django application."""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "wenlock.council"
    label = "council"
    verbose_name = "The council"
