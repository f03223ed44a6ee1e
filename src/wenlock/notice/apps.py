"""The Django application."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "wenlock.notice"
    label = "notice"
    verbose_name = "The notice"
