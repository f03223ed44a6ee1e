"""The Django application."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wenlock.base"
    label = "base"
    verbose_name = "Base"
