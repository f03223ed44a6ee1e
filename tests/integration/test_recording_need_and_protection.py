"""The acts of need and protection: what each writes, and what the database will not have."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.notice.provenance import obtained
from wenlock.practice.child_in_need import actions as need
from wenlock.practice.child_in_need.models import Episode
from wenlock.practice.protection import actions as protection
from wenlock.security.context import acting


@pytest.fixture
def how(the: Cast) -> Any:
    """Who records, when, and how it came: what every act takes. Amara acts until the test ends."""
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        at = timezone.now()
        provenance = obtained(channel="telephone", source="police", purpose=PURPOSE, by=the.amara, at=at)
        yield {"by": the.amara.pk, "at": at, "provenance": provenance.pk}


def referred(child: UUID, how: dict[str, Any]) -> Episode:
    return need.record_referral(person=child, referred_on=date(2026, 3, 2), source="6", need="N1", **how)


def test_an_assessment_keeps_its_factors_in_order(the: Cast, how: dict[str, Any]) -> None:
    episode = referred(the.people.mia.pk, how)
    done = need.record_assessment(
        episode=episode,
        began_on=date(2026, 3, 3),
        authorised_on=date(2026, 4, 1),
        factors=["3B", "16A"],
        **how,
    )
    assert done.factors_asked
    assert list(done.factors.order_by("position").values_list("code", flat=True)) == ["3B", "16A"]


def test_an_assessment_nobody_has_asked_about_differs_from_one_that_found_nothing(
    the: Cast, how: dict[str, Any]
) -> None:
    episode = referred(the.people.mia.pk, how)
    assert not need.record_assessment(episode=episode, began_on=date(2026, 3, 3), **how).factors_asked
    assert need.record_assessment(episode=episode, began_on=date(2026, 3, 4), factors=[], **how).factors_asked


def test_a_second_open_plan_is_refused_until_the_first_ends(the: Cast, how: dict[str, Any]) -> None:
    episode = referred(the.people.mia.pk, how)
    plan = need.record_plan(episode=episode, began_on=date(2026, 4, 2), **how)
    with pytest.raises(IntegrityError, match="child_in_need_plan_one_open"), transaction.atomic():
        need.record_plan(episode=episode, began_on=date(2026, 5, 2), **how)
    need.end_plan(plan=plan, ended_on=date(2026, 5, 1))
    assert need.record_plan(episode=episode, began_on=date(2026, 5, 2), **how).ended_on is None


def test_the_end_of_a_plan_is_replaced_only_with_a_reason(the: Cast, how: dict[str, Any]) -> None:
    plan = need.record_plan(episode=referred(the.people.mia.pk, how), began_on=date(2026, 4, 2), **how)
    need.end_plan(plan=plan, ended_on=date(2026, 5, 1))
    with pytest.raises(IntegrityError, match="A correction says why"), transaction.atomic():
        need.end_plan(plan=plan, ended_on=date(2026, 6, 1))
    need.end_plan(plan=plan, ended_on=date(2026, 6, 1), because="The review was on the first of June")
    plan.refresh_from_db()
    assert plan.ended_on == date(2026, 6, 1)


def test_a_child_is_not_seen_alone_without_being_seen(the: Cast, how: dict[str, Any]) -> None:
    episode = referred(the.people.mia.pk, how)
    visit = {"episode": episode, "visited_on": date(2026, 4, 9), "duty": "cin", "visitor": the.amara.pk} | how
    assert need.record_visit(seen=True, seen_alone=True, **visit).pk
    with pytest.raises(IntegrityError, match="child_in_need_visit_alone_is_seen"), transaction.atomic():
        need.record_visit(seen=False, seen_alone=True, **visit)


def test_an_episode_is_not_closed_before_its_referral(the: Cast, how: dict[str, Any]) -> None:
    episode = referred(the.people.mia.pk, how)
    with (
        pytest.raises(IntegrityError, match="child_in_need_episode_ends_after_it_begins"),
        transaction.atomic(),
    ):
        need.close_episode(episode=episode, closed_on=date(2026, 3, 1), reason="RC7")
    assert need.close_episode(episode=episode, closed_on=date(2026, 3, 2), reason="RC7").closed_on


def test_a_child_is_protected_from_discussion_to_the_review_that_ends_the_plan(
    the: Cast, how: dict[str, Any]
) -> None:
    child = the.people.mia.pk
    episode = referred(child, how)
    discussion = protection.record_strategy_discussion(
        person=child,
        episode=episode.pk,
        held_on=date(2026, 3, 20),
        agencies=["Police", "Health"],
        decided="section-47",
        **how,
    )
    enquiry = protection.record_enquiry(discussion=discussion, outcome="substantiated-conference", **how)
    # Good Friday and Easter Monday are not working days: three weeks would have been 10 April.
    assert enquiry.conference_target_on == date(2026, 4, 14)
    conference = protection.record_initial_conference(
        person=child, episode=episode.pk, enquiry=enquiry, held_on=date(2026, 4, 13), **how
    )
    assert conference.transfer_in is False
    plan = protection.record_protection_plan(conference=conference, category="NEG", previous_plans=0, **how)
    protection.change_category(plan=plan, code="EMO", since_on=date(2026, 7, 1), **how)
    assert list(plan.categories.order_by("position").values_list("code", "since_on")) == [
        ("NEG", date(2026, 4, 13)),
        ("EMO", date(2026, 7, 1)),
    ]
    protection.record_review(plan=plan, held_on=date(2026, 7, 1), continues=True, **how)
    assert plan.ended_on is None
    protection.record_review(plan=plan, held_on=date(2026, 12, 16), continues=False, **how)
    plan.refresh_from_db()
    assert plan.ended_on == date(2026, 12, 16)


def test_a_worker_records_nothing_about_a_child_of_another_team(the: Cast, how: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        referred(the.people.tom.pk, how)
