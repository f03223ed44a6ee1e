"""Row security, with nothing of Django's between: each test asks the table itself, in somebody's name."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.notice.provenance import obtained
from wenlock.people.actions import record, record_address, relate
from wenlock.people.models import Address, Ethnicity, Name, Person
from wenlock.practice.case.actions import allocate, end_allocation
from wenlock.practice.case.models import Allocation
from wenlock.practice.child_in_need.models import Episode, Plan
from wenlock.security import actions
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent


def seen_by(actor: Actor, purpose: str = PURPOSE) -> set[str]:
    """The given names of everybody somebody sees."""
    with acting(actor=actor.pk, purpose=purpose):
        return {name.given for name in Name.objects.filter(kind="legal")}


def test_nobody_named_sees_nobody(the: Cast) -> None:
    assert Person.objects.count() == 0
    assert Name.objects.count() == 0


def test_a_worker_sees_her_children_and_their_family(the: Cast) -> None:
    assert seen_by(the.amara) == {"Mia", "Jay", "Dawn", "Lee"}


def test_a_worker_in_another_team_sees_only_his_own(the: Cast) -> None:
    assert seen_by(the.bashir) == {"Tom"}


def test_somebody_without_a_team_sees_nobody(the: Cast) -> None:
    assert seen_by(the.noel) == set()


def test_the_front_door_sees_that_a_child_is_known_but_not_the_record(the: Cast) -> None:
    assert {"Mia", "Tom"} <= seen_by(the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert Allocation.objects.count() == 0
        assert Address.objects.count() == 0


def test_a_restricted_record_is_seen_by_those_it_names_and_nobody_else(the: Cast) -> None:
    assert "Rhea" in seen_by(the.carys)
    for actor in (the.amara, the.esme, the.dilys, the.femi, the.harriet):
        assert "Rhea" not in seen_by(actor), actor.name


def test_a_conflict_of_interest_beats_the_whole_service(the: Cast) -> None:
    assert "Mia" in seen_by(the.esme)
    assert "Jay" not in seen_by(the.esme)


def test_a_conflict_beats_emergency_access_too(the: Cast) -> None:
    with pytest.raises(ProgrammingError), acting(actor=the.amara.pk, purpose=PURPOSE):
        actions.declare_conflict(
            actor=the.amara, person=the.people.tom.pk, kind="relative", by=the.amara, at=timezone.now()
        )
        actions.open_in_emergency(
            person=the.people.tom.pk,
            reason_code="immediate-risk",
            reason="Neighbour heard screaming",
            live_risk=True,
            purpose=PURPOSE,
            by=the.amara,
            at=timezone.now(),
        )


def test_emergency_access_opens_a_record_and_leaves_its_mark(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        actions.open_in_emergency(
            person=the.people.tom.pk,
            reason_code="immediate-risk",
            reason="Neighbour heard screaming",
            live_risk=True,
            purpose=PURPOSE,
            by=the.amara,
            at=timezone.now(),
        )
    assert "Tom" in seen_by(the.amara)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert AuditEvent.objects.filter(kind="emergency-access", person_id=the.people.tom.pk).count() == 1


def test_the_purpose_is_part_of_the_relationship(the: Cast) -> None:
    assert seen_by(the.amara, purpose="fostering") == set()
    assert seen_by(the.esme, purpose="adoption") == set()


def test_the_end_of_the_work_is_the_end_of_the_access(the: Cast) -> None:
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        # The worker's first: the team's allocation is what lets its manager end them.
        for allocation in Allocation.objects.filter(person=the.people.mia).order_by("role"):
            end_allocation(allocation=allocation, by=the.carys.pk, at=timezone.now())
    # Mia is still Jay's sister, and Jay is Amara's: his family is known to her, Mia's record is not.
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert not Ethnicity.objects.filter(person=the.people.mia).exists()
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        assert not Ethnicity.objects.filter(person=the.people.mia).exists()


def test_nobody_allocates_a_child_to_themself(the: Cast) -> None:
    with (
        pytest.raises(Exception, match="case_allocation_by_another"),
        acting(actor=the.carys.pk, purpose=PURPOSE),
    ):
        allocate(
            person=the.people.mia.pk,
            role="case-worker",
            purpose=PURPOSE,
            by=the.carys.pk,
            at=timezone.now(),
            worker=the.carys.pk,
        )


def test_a_worker_may_not_allocate(the: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=the.amara.pk, purpose=PURPOSE),
    ):
        allocate(
            person=the.people.mia.pk,
            role="co-worker",
            purpose=PURPOSE,
            by=the.amara.pk,
            at=timezone.now(),
            worker=the.bashir.pk,
        )


def test_a_forged_context_is_refused(the: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="not signed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT set_config('wenlock.context', %s, true)",
            [f"{the.esme.pk}|{PURPOSE}|{the.esme.pk}|9999999999|{'0' * 64}"],
        )
        Person.objects.count()


def test_a_protected_address_reaches_nobody_through_anyone_linked_to_it(the: Cast) -> None:
    for actor in (the.amara, the.carys, the.esme):
        with acting(actor=actor.pk, purpose=PURPOSE):
            assert not Address.objects.filter(confidential=True).exists()
            assert not Address.objects.filter(postcode="SY8 1ZZ").exists()


def test_nobody_opens_a_stranger_by_calling_them_family(the: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=the.amara.pk, purpose=PURPOSE),
    ):
        at = timezone.now()
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.amara, at=at)
        relate(
            person=the.people.mia,
            other=the.people.tom,
            kind="cousin",
            by=the.amara,
            at=at,
            provenance=provenance,
        )


def test_nobody_writes_a_fact_down_in_anothers_name(the: Cast) -> None:
    at = timezone.now()
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=the.amara.pk, purpose=PURPOSE),
    ):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.amara, at=at)
        record(Ethnicity, person=the.people.mia, code="MWBC", by=the.carys, at=at, provenance=provenance)


def test_a_fact_hangs_only_from_facts_about_the_same_person(the: Cast) -> None:
    at = timezone.now()
    with pytest.raises(IntegrityError, match="same person"), acting(actor=the.esme.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        common = {"by": the.esme, "at": at, "provenance": provenance}
        episode = record(
            Episode,
            person=the.people.mia,
            referred_on=at.date(),
            referral_source="6",
            primary_need="N1",
            **common,
        )
        record(Plan, person=the.people.tom, episode=episode, began_on=at.date(), **common)


def test_two_protected_homes_are_one_place_however_they_are_written(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        again = record_address(
            people=[the.people.mia],
            lines=["flat 4  12 LARKRISE court"],
            postcode="SY8 1ZZ",
            by=the.esme,
            at=at,
            provenance=provenance,
        )
        assert not Address.objects.filter(pk=again.pk).exists()
