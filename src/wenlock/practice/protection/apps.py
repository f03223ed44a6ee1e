"""The Django application."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "wenlock.practice.protection"
    label = "protection"
    verbose_name = "Child protection"
