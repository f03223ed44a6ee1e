"""The Django application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "wenlock.portal"
    label = "portal"
    verbose_name = "The public's pages"
