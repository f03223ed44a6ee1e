"""Whose an e-mail address is: an agency's own, or of its domain where that says something."""

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.agencies.actions import end_agency, record_agency
from wenlock.agencies.queries import at_address
from wenlock.security.context import acting

TODAY = timezone.localdate()


@pytest.fixture
def agencies(the: Cast) -> dict[str, object]:
    """Agencies as a register has them, by the address each is known by."""
    known = (
        ("schools", "office@ash.example"), ("schools", "head@elm.example"), ("schools", "office@elm.example"),
        ("health", "desk@shared.example"), ("housing", "desk2@shared.example"), ("friends", "minder@gmail.com"),
        ("schools", ""),
    )  # fmt: skip
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return {
            email: record_agency(
                source=source, name=f"Agency {email}", email=email, by=the.dilys, at=timezone.now()
            )
            for source, email in known
        }


@pytest.mark.parametrize(
    ("address", "source", "whose"),
    [
        ("office@ash.example", "schools", "office@ash.example"),
        ("PAT@Ash.Example", "schools", "office@ash.example"),
        ("head@elm.example", "schools", "head@elm.example"),
        ("pat@elm.example", "schools", None),  # one of two schools
        ("pat@shared.example", None, None),  # a surgery or a landlord
        ("minder@gmail.com", "friends", "minder@gmail.com"),
        ("anybody@gmail.com", None, None),
        ("pat@notash.example", None, None),
        ("pat@ash.example.evil.example", None, None),
        ("", None, None),
        ("%@ash.example", "schools", "office@ash.example"),
        ("pat@%", None, None),
    ],
)
def test_an_address_is_an_agencys_when_it_can_be_nobody_elses(
    the: Cast, agencies: dict[str, object], address: str, source: str | None, whose: str | None
) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        found = at_address(address, on=TODAY)
    expected = (source, agencies[whose].pk if whose else None) if source else None  # type: ignore[attr-defined]
    assert found == expected


def test_an_agency_that_is_no_more_has_no_address(the: Cast, agencies: dict[str, object]) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        end_agency(agency=agencies["office@ash.example"], on=TODAY)  # type: ignore[arg-type]
        assert at_address("office@ash.example", on=TODAY) is None
