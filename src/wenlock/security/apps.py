"""The Django application."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "wenlock.security"
    label = "security"
    verbose_name = "Security"
