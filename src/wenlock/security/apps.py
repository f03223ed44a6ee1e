"""The Django application."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class SecurityConfig(AppConfig):
    name = "wenlock.security"
    label = "security"
    verbose_name = "Security"

    def ready(self) -> None:
        from wenlock.security.sessions import mark_beginning

        user_logged_in.connect(mark_beginning, dispatch_uid="wenlock.security.mark_beginning")
