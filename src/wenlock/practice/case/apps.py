"""The Django application."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    name = "wenlock.practice.case"
    label = "case"
    verbose_name = "Case"
