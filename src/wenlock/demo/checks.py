"""What must be so before a demonstration's doors may exist at all."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def only_in_a_demonstration(**options: Any) -> list[CheckMessage]:
    """An error if this application is installed anywhere but in a demonstration."""
    if settings.DEMO and not settings.PRODUCTION:
        return []
    return [
        Error(
            "wenlock.demo is installed outside a demonstration: it signs anyone in without a password.",
            hint="Take wenlock.demo out of INSTALLED_APPS.",
            id="demo.E001",
        )
    ]
