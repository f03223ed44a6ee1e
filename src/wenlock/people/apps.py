"""The Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wenlock.people"
    label = "people"
    verbose_name = "People"
