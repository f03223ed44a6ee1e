"""The Django application."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "wenlock.clocks"
    label = "clocks"
    verbose_name = "Clocks"
