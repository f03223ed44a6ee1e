"""The Django application."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "wenlock.partners"
    label = "partners"
    verbose_name = "Partners"
