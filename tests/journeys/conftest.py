"""Fixtures of the journeys. Nothing of the site's is imported above: this is read before the settings are chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journeys.browsing import Stage


@pytest.fixture(scope="module")
def whole_stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The site and a browser, for all the journeys of a module."""
    from tests.journeys import browsing

    path = browsing.chromium()
    if not path:
        pytest.skip("There is no Chromium: run `make browser`, or say where it is in WENLOCK_BROWSER.")
    from django.db import connections

    connections.close_all()
    with django_db_blocker.unblock(), browsing.staged(path) as stage:
        yield stage


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """The site and a browser, whose pages are closed after the journey."""
    yield whole_stage
    whole_stage.close()
