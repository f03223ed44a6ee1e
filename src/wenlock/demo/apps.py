"""The Django application, installed by a demonstration and by nothing else."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class DemoConfig(AppConfig):
    name = "wenlock.demo"
    label = "demo"
    verbose_name = "Demonstration"

    def ready(self) -> None:
        from wenlock.demo import checks, views
        from wenlock.security import ways

        register(checks.only_in_a_demonstration, Tags.security)
        for offers, offer in (
            (ways.SIGN_IN, views.workers_to_be),
            (ways.CONFIRM, views.one_click_to_confirm),
        ):
            if offer not in offers:
                offers.append(offer)
