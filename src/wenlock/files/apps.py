"""The Django application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wenlock.files"
    label = "files"
    verbose_name = "Files"
