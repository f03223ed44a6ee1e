"""The Django application."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "wenlock.backup"
    label = "backup"
    verbose_name = "Backups"
