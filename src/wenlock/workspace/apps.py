"""The Django application."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "wenlock.workspace"
    label = "workspace"
    verbose_name = "The worker's pages"
