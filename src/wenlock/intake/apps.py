"""The Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "wenlock.intake"
    label = "intake"
    verbose_name = "Intake"
