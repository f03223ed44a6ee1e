"""Every address of the interface for partners, tomorrow's too: what opens without a key is listed, and nothing else."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.sweeps.test_every_address import addresses, filled, signed_in
from wenlock.partners.api import api
from wenlock.partners.middleware import PREFIX

# These say nothing of anybody.
OPEN = {"/api/v1/health": 200, "/api/v1/openapi.json": 200, "/api/v1/": 404}
PATTERNS = sorted({pattern for pattern, _ in addresses() if pattern.startswith(PREFIX)})


def test_there_are_addresses_to_sweep() -> None:
    assert len(PATTERNS) >= 5
    assert set(OPEN) < set(PATTERNS)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_key_nothing_opens_but_what_says_nothing_of_anybody(
    pattern: str, method: str, the: Cast
) -> None:
    for client in (Client(), signed_in(the.esme)):  # a worker's session is no key
        answer = getattr(client, method)(filled(pattern, the.people.mia.pk))
        assert answer.status_code in ({OPEN[pattern], 405} if pattern in OPEN else {401, 405})
        assert not answer.cookies


def test_every_operation_but_health_asks_for_a_key_and_is_in_the_document() -> None:
    document = api.get_openapi_schema(path_prefix="api/v1/")
    asked = {path: each for path, methods in document["paths"].items() for each in methods.values()}
    assert [path for path, operation in asked.items() if "security" not in operation] == ["/api/v1/health"]
    declared = {pattern.replace("<uuidstr:contact>", "{contact}") for pattern in PATTERNS} - set(OPEN)
    assert declared == set(asked) - set(OPEN)
