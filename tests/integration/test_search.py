"""Finding people: by misspelt name, birth and number; never anybody beyond one's reach; and always written down."""

import json
import time
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import trail
from wenlock.base.sentences import explain
from wenlock.people import search
from wenlock.practice.case.actions import end_allocation
from wenlock.practice.case.models import Allocation
from wenlock.security import actions
from wenlock.security.context import acting
from wenlock.security.models import Actor

TODAY = date(2026, 11, 22)


def find(actor: Actor, typed: str, *, purpose: str = PURPOSE) -> dict[UUID, tuple[str, ...]]:
    """Whom somebody finds by what they type, with why."""
    with acting(actor=actor.pk, purpose=purpose):
        matches, _ = search.search(search.read(typed, on=TODAY))
    return {match.person: match.reasons for match in matches}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Mia Ashdown", "name"),
        ("ashdown mia", "name"),
        ("Ashdown, Mia", "name"),
        ("Mya Ashdon", "sound"),
        ("Mia Ashdwn", "sound"),
        ("Mimi Ashdown", "name"),
        ("Ashdown", "name"),
        ("Mia", "name"),
        ("14/3/2015", "birth"),
        ("14 March 2015", "birth"),
        ("Mia 2015", "name"),
        ("943 476 5919", "number"),
        ("w000001", "number"),
        ("Mia Ashdown 14/3/15", "name"),
    ],
)
@pytest.mark.parametrize("who", ["amara", "dilys", "esme"])
def test_a_child_is_found(who: str, typed: str, why: str, the: Cast) -> None:
    found = find(getattr(the, who), typed)
    assert why in found[the.people.mia.pk]


@pytest.mark.parametrize("who", ["amara", "dilys"])
def test_a_name_far_from_its_sound_is_found_by_its_letters(who: str, the: Cast) -> None:
    # Neither sound agrees: only the letters do.
    found = find(getattr(the, who), "Maia Ahsdown")
    assert the.people.mia.pk in found


def test_a_birth_with_day_and_month_the_wrong_way_round_is_found_and_says_so(the: Cast) -> None:
    assert "birth-swapped" in find(the.amara, "Jay 9/2/2011")[the.people.jay.pk]


def test_a_brother_is_not_found_by_the_family_name_alone_when_both_names_are_given(the: Cast) -> None:
    assert the.people.jay.pk not in find(the.amara, "Mia Ashdown")
    assert the.people.jay.pk not in find(the.dilys, "Maia Ahsdown")


def test_the_right_birth_and_half_the_name_are_enough(the: Cast) -> None:
    assert find(the.amara, "Peter Ashdown 2/9/2011")[the.people.jay.pk] == ("part", "birth")
    assert find(the.dilys, "Dawn Smithers 30/6/1988")[the.people.dawn.pk] == ("part", "birth")
    assert the.people.dawn.pk not in find(the.dilys, "Alison Smithers 30/6/1988")


def test_whoever_matches_name_and_birth_stands_alone(the: Cast) -> None:
    assert set(find(the.amara, "Mia Ashdown 14/3/2015")) == {the.people.mia.pk}
    assert len(find(the.amara, "Ashdown")) > 1


def test_the_surest_comes_first(the: Cast) -> None:
    assert next(iter(find(the.dilys, "Jay Ashdown"))) == the.people.jay.pk


BEYOND = [
    ("bashir", "mia", ["Mia Ashdown", "Mya Ashdon", "14/3/2015", "9434765919", "Ashdown"]),
    ("amara", "tom", ["Tom Birch", "Tomm Berch", "23/11/2013", "Birch"]),
    ("esme", "jay", ["Jay Ashdown", "2/9/2011", "Jay"]),
    ("dilys", "rhea", ["Rhea Stone", "5/4/2012", "Rea Stone", "Rhea"]),
    ("esme", "rhea", ["Rhea Stone", "5/4/2012"]),
    ("femi", "rhea", ["Rhea Stone", "5/4/2012"]),
]


@pytest.mark.parametrize(
    ("who", "whom", "typed"), [(who, whom, each) for who, whom, typed in BEYOND for each in typed]
)
def test_nobody_beyond_ones_reach_is_found(who: str, whom: str, typed: str, the: Cast) -> None:
    assert getattr(the.people, whom).pk not in find(getattr(the, who), typed)


def test_a_closed_record_is_found_by_those_it_names(the: Cast) -> None:
    assert the.people.rhea.pk in find(the.carys, "Rhea Stone")


def test_a_conflict_declared_now_takes_the_record_out_of_the_next_search(the: Cast) -> None:
    assert the.people.mia.pk in find(the.dilys, "Mia Ashdown")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        actions.declare_conflict(
            actor=the.dilys, person=the.people.mia.pk, kind="relative", by=the.dilys, at=timezone.now()
        )
    assert the.people.mia.pk not in find(the.dilys, "Mia Ashdown")


def test_the_end_of_the_work_takes_the_record_out_of_the_next_search(the: Cast) -> None:
    assert the.people.tom.pk in find(the.bashir, "Tom Birch")
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        for allocation in Allocation.objects.filter(person=the.people.tom):
            end_allocation(allocation=allocation, by=the.esme.pk, at=timezone.now())
    assert find(the.bashir, "Tom Birch") == {}


def test_search_follows_the_purpose_that_is_open(the: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        find(the.amara, "Mia Ashdown", purpose="fostering")


@pytest.mark.parametrize("who", ["gwen", "harriet", "noel"])
def test_a_role_that_does_not_search_is_refused_in_plain_words(who: str, the: Cast) -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        find(getattr(the, who), "Mia Ashdown", purpose="information-rights")
    assert explain(refused.value) == "Your role does not search for people. If you need to, ask your manager."


def test_search_and_row_security_agree_about_everybody(the: Cast) -> None:
    """The function takes candidates by index and tests them itself: the test must be the policy's."""
    everybody = [person.pk for person in vars(the.people).values() if hasattr(person, "born_on")]
    for who in ("amara", "bashir", "carys", "dilys", "esme", "femi"):
        actor = getattr(the, who)
        with acting(actor=actor.pk, purpose=PURPOSE), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people_person WHERE id = ANY (%s)", [everybody])
            seen = {row[0] for row in cursor.fetchall()}
        found: set[UUID] = set()
        for name in ("Mia Ashdown", "Jay Ashdown", "Dawn Ashdown", "Lee Marsh", "Tom Birch", "Rhea Stone"):
            found |= set(find(actor, name))
        assert found & set(everybody) == seen, who


def test_a_search_is_written_down_once_without_its_words(the: Cast) -> None:
    before = len(trail(the, "searched"))
    find(the.dilys, "Mia Ashdown 14/3/2015")
    events = trail(the, "searched")
    assert len(events) == before + 1
    event = events[-1]
    assert event.actor_id == the.dilys.pk
    assert event.purpose == PURPOSE
    assert event.detail["kinds"] == ["name", "birth"]
    assert event.detail["found"] == 1
    told = json.dumps(event.detail).lower()
    assert "ashdown" not in told
    assert "2015" not in told


def test_equal_terms_have_equal_digests_and_nobody_can_try_names_against_them(the: Cast) -> None:
    find(the.dilys, "Birch")
    find(the.amara, "birch")
    first, second = trail(the, "searched")[-2:]
    assert first.detail["terms"] == second.detail["terms"]
    asked = pytest.raises(DatabaseError, match="permission denied")
    with asked, acting(actor=the.amara.pk, purpose=PURPOSE), connection.cursor() as cursor:
        cursor.execute("SELECT guard.term_digest_v1('Birch')")


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "%", "_", "\\", "Mia\\", "a" * 200, "ʼ", "李 小", "12 34 56 78 90"]
)
def test_whatever_is_typed_is_only_ever_searched_for(typed: str, the: Cast) -> None:
    for who in ("dilys", "amara"):
        terms = search.read(typed, on=TODAY)
        if terms.enough:
            assert the.people.rhea.pk not in find(getattr(the, who), typed)


def test_a_search_does_not_dawdle(the: Cast) -> None:
    find(the.dilys, "Mia Ashdown")
    began = time.perf_counter()
    for _ in range(5):
        find(the.dilys, "Mia Ashdown")
    assert (time.perf_counter() - began) / 5 < 0.25
