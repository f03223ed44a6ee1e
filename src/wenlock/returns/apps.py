"""The Django application."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "wenlock.returns"
    label = "returns"
    verbose_name = "Returns"
