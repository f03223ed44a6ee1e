"""The Django application."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wenlock.sharing"
    label = "sharing"
    verbose_name = "Sharing"
