"""The Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wenlock.demo"
    label = "demo"
    verbose_name = "Demonstration"
