"""The Django application."""

from django.apps import AppConfig


class ChildInNeedConfig(AppConfig):
    name = "wenlock.practice.child_in_need"
    label = "child_in_need"
    verbose_name = "Children in need"
