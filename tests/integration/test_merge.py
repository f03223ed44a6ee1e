"""Two records of one person made one by somebody who may: what moves, who sees it, and what is refused until settled."""

from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.merge_examples import begun, how, merged, two, unmerged
from tests.integration.workspace_examples import at_work, said, trail
from tests.sweeps.catalogue import person_columns
from wenlock.base.sentences import explain, refusal
from wenlock.base.server import Server
from wenlock.people import actions as people
from wenlock.people import search
from wenlock.people.merging import answer_different, history, standing, who_would_see_more
from wenlock.people.models import Ethnicity, MatchProposal, Name, Person, Relationship
from wenlock.people.queries import briefs
from wenlock.people.recognising import holders
from wenlock.people.record import relatives_of
from wenlock.practice.case import actions as case
from wenlock.practice.case.models import Allocation
from wenlock.practice.child_in_need import actions as child_in_need
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Grant
from wenlock.web.database import DATABASE


def refused(the: Cast, *records: Person, **choices: object) -> str:
    """The name of what refuses the service manager the merge; it has a sentence."""
    with pytest.raises(DatabaseError) as stopped, acting(actor=the.esme.pk, purpose=PURPOSE):
        merged(the.esme, *records, **choices)
    assert explain(stopped.value)
    return refusal(stopped.value)


def test_the_facts_of_both_stand_in_one_record(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.identify(person=christopher, scheme="LA-child-id", value="W940001", **how(the.esme))
        merged(the.esme, kit, christopher)
        assert {name.given for name in Name.objects.filter(person=kit)} == {"Kit", "Christopher"}
        assert holders("LA-child-id", ["W940001"]) == {"W940001": [kit.pk]}
        assert set(briefs([kit.pk, christopher.pk])) == {kit.pk}
        assert standing(christopher.pk) == kit.pk


def test_the_fact_chosen_is_the_one_kept(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme, sex="U"), begun(the.esme, born="2016-01-02", sex="M")
        people.record(Ethnicity, person=kit, code="WBRI", **how(the.esme))
        people.record(Ethnicity, person=other, code="MWBC", **how(the.esme))
        chosen = {"born_on": kit.pk, "sex": other.pk, "ethnicity": other.pk}
        merged(the.esme, kit, other, fields=chosen)
        kit.refresh_from_db()
        assert (kit.born_on, kit.sex) == (date(2016, 2, 1), "M")
        assert Ethnicity.objects.get(person=kit).code == "MWBC"


def test_a_fact_that_differs_is_not_chosen_by_anybody_but_a_person(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme), begun(the.esme, born="2016-01-02")
    assert refused(the, kit, other) == "people_merge_says_what_is_kept"
    assert refused(the, kit, other, fields={"born_on": the.people.mia.pk}) == "people_merge_says_what_is_kept"


def test_what_is_left_out_stays_with_the_record_merged_away(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme), begun(the.esme, given="Rowan", family="Thorne")
        left_out = Name.objects.get(person=kit).pk
        merged(the.esme, kit, other, aside=[left_out])
        assert [name.given for name in Name.objects.filter(person=kit)] == ["Rowan"]
        assert Name.objects.get(pk=left_out).person_id == other.pk
        assert found("Kit Vale") == []
        assert found("Rowan Thorne") == [kit.pk]


def found(typed: str) -> list[UUID]:
    return [match.person for match in search.search(search.read(typed, on=date(2026, 11, 22)))[0]]


def test_the_last_name_and_other_peoples_facts_are_not_left_out(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        names = list(Name.objects.filter(person__in=[kit, christopher]).values_list("pk", flat=True))
        mias = Name.objects.filter(person=the.people.mia).values_list("pk", flat=True)[0]
    assert refused(the, kit, christopher, aside=names) == "people_merge_keeps_a_name"
    assert refused(the, kit, christopher, aside=[mias]) == "people_merge_sets_aside_its_own"


def test_a_mother_recorded_in_both_is_told_once(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        mother = begun(the.esme, given="Nell", born="1990-05-05")
        for child in (kit, christopher):
            people.relate(person=child, other=mother, kind="mother", **how(the.esme))
        merged(the.esme, kit, christopher)
        assert list(relatives_of(kit.pk)) == [mother.pk]
        assert list(relatives_of(mother.pk)) == [kit.pk]


def test_only_whoever_may_and_sees_both_merges(the: Cast) -> None:
    kit, christopher = two(the)
    for actor, records in (
        (the.bashir, (kit, christopher)),  # no such capability, and no sight of them
        (the.dilys, (kit, christopher)),  # may merge, and sees neither in full
        (the.carys, (the.people.mia, the.people.tom)),  # sees one of them
        (the.noel, (kit, christopher)),
    ):
        with pytest.raises(DatabaseError) as stopped, acting(actor=actor.pk, purpose=PURPOSE):
            merged(actor, *records, seen_by=[])
        assert refusal(stopped.value) == "people_merge_by_who_may", actor.name


def test_a_record_that_is_not_there_is_refused_like_one_that_is_hidden(the: Cast) -> None:
    kit, _ = two(the)
    told = []
    for other in (the.people.rhea.pk, UUID(int=7)):
        with pytest.raises(DatabaseError) as stopped, acting(actor=the.esme.pk, purpose=PURPOSE):
            merged(the.esme, kit, other, seen_by=[])
        told.append((refusal(stopped.value), str(stopped.value)))
    assert told[0] == told[1]


def test_a_record_closed_to_somebody_is_not_merged(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        conflict = security.declare_conflict(
            actor=the.amara, person=christopher.pk, kind="relative", by=the.esme, at=timezone.now()
        )
    assert conflict and refused(the, kit, christopher, seen_by=[]) == "people_merge_of_open_records"
    assert refused(the, christopher, kit, seen_by=[]) == "people_merge_of_open_records"


def test_two_recorded_as_related_are_not_merged(the: Cast) -> None:
    kit, twin = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.relate(person=kit, other=twin, kind="sibling", **how(the.esme))
    assert refused(the, kit, twin, seen_by=[]) == "people_merge_not_of_relatives"


def test_the_same_work_open_in_both_is_settled_first(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        for child in (kit, christopher):
            facts = how(the.esme)
            episode = child_in_need.record_referral(
                person=child.pk, referred_on=date(2026, 1, 5), source="6", need="N1", by=the.esme.pk, at=facts["at"],
                provenance=facts["provenance"].pk,
            )  # fmt: skip
            plan = child_in_need.record_plan(
                episode=episode, began_on=date(2026, 2, 5), by=the.esme.pk, at=facts["at"],
                provenance=facts["provenance"].pk,
            )  # fmt: skip
    assert refused(the, kit, christopher) == "people_merge_of_work_settled"
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        child_in_need.end_plan(plan=plan, ended_on=date(2026, 3, 5))
        assert merged(the.esme, kit, christopher)


def test_nobody_sees_more_unless_it_is_said(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        case.allocate(
            person=christopher.pk, role="case-worker", purpose=PURPOSE, by=the.esme.pk, at=timezone.now(),
            worker=the.bashir.pk,
        )  # fmt: skip
        shown = who_would_see_more(person=kit.pk, other=christopher.pk)
    assert [(one.name, one.more_of) for one in shown] == [("Bashir Khan", kit.pk)]
    assert refused(the, kit, christopher, seen_by=[the.amara.pk]) == "people_merge_says_who_will_see"
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        merged(the.esme, kit, christopher, seen_by=[the.bashir.pk])
    with acting(actor=the.bashir.pk, purpose=PURPOSE):
        assert {name.given for name in Name.objects.filter(person=kit)} == {"Kit", "Christopher"}
        assert Allocation.objects.get(worker=the.bashir, person=kit)


def test_a_conflict_or_a_restriction_declared_afterwards_hides_what_is_kept_too(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        merged(the.esme, kit, christopher)
        at = timezone.now()
        security.declare_conflict(actor=the.femi, person=kit.pk, kind="other", by=the.esme, at=at)
    with acting(actor=the.femi.pk, purpose=PURPOSE):
        assert Person.objects.filter(pk__in=[kit.pk, christopher.pk]).count() == 0
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        security.restrict(
            person=kit.pk,
            reason="A colleague's child",
            names=[the.carys],
            review_on=date(2027, 1, 1),
            by=the.esme,
            at=at,
        )
        assert Person.objects.filter(pk__in=[kit.pk, christopher.pk]).count() == 0


def test_nothing_more_is_written_about_a_record_merged_away(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        merged(the.esme, kit, christopher)
    with pytest.raises(DatabaseError) as stopped, acting(actor=the.esme.pk, purpose=PURPOSE):
        people.record(Name, person=christopher, given="Kit", family="Late", **how(the.esme))
    assert refusal(stopped.value) == "record_is_not_merged" and "merged into another" in explain(
        stopped.value
    )
    assert refused(the, kit, christopher, seen_by=[]) == "people_merge_of_records_that_stand"


def test_what_was_written_since_stays_and_what_was_corrected_since_is_kept(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme), begun(the.esme, given="Christopher", born="2016-01-02")
        made = merged(the.esme, kit, other, fields={"born_on": other.pk})
        later = people.record(Name, person=kit, kind="alias", given="Kitto", family="Vale", **how(the.esme))
        kit.refresh_from_db()
        people.correct(kit, reason="The birth certificate", born_on=date(2016, 1, 20))
        returned = Name.objects.get(given="Christopher", person=kit)
        people.correct(returned, reason="Misheard", given="Kristopher")
        unmerged(the.esme, made)
        kit.refresh_from_db()
        returned.refresh_from_db()
        later.refresh_from_db()
        assert kit.born_on == date(2016, 1, 20)
        assert (returned.person_id, returned.given) == (other.pk, "Kristopher")
        assert later.person_id == kit.pk
        told = history(kit.pk)[0]
        assert (told.undone_because, told.kept, told.by) == ("They are cousins", 1, "Esme Clarke")


def test_the_latest_merge_is_undone_first_and_each_once(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        third = begun(the.esme, given="Kris")
        first = merged(the.esme, kit, christopher)
        second = merged(the.esme, third, kit)
        assert standing(christopher.pk) == third.pk
    for early in (first, first):
        with pytest.raises(DatabaseError) as stopped, acting(actor=the.esme.pk, purpose=PURPOSE):
            unmerged(the.esme, early)
        assert refusal(stopped.value) == "people_mergeundo_latest_first"
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        unmerged(the.esme, second)
        unmerged(the.esme, first)
        assert {standing(each.pk) for each in (kit, christopher, third)} == {kit.pk, christopher.pk, third.pk}
    with pytest.raises(DatabaseError) as stopped, acting(actor=the.esme.pk, purpose=PURPOSE):
        unmerged(the.esme, first)
    assert refusal(stopped.value) == "people_mergeundo_once"


def test_what_opened_the_record_goes_back_with_it(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        case.allocate(
            person=christopher.pk, role="case-worker", purpose=PURPOSE, by=the.esme.pk, at=timezone.now(),
            worker=the.bashir.pk,
        )  # fmt: skip
        unmerged(the.esme, merged(the.esme, kit, christopher))
        assert not Grant.objects.filter(person_id=kit.pk, actor=the.bashir).exists()
    with acting(actor=the.bashir.pk, purpose=PURPOSE):
        assert not Name.objects.filter(person=kit).exists()
        assert Name.objects.filter(person=christopher).exists()


def test_a_proposal_is_answered_by_the_merge_and_open_again_after_it(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.propose_match(
            person=kit.pk, other=christopher.pk, reasons=["birth"], by=the.esme, at=timezone.now()
        )
        made = merged(the.esme, kit, christopher)
        assert MatchProposal.objects.get(person=kit).answer == "same"
        unmerged(the.esme, made)
        assert MatchProposal.objects.get(person=kit).answer == ""


def test_two_people_are_kept_apart_once_it_is_said(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        pair = {"person": christopher.pk, "other": kit.pk}
        people.propose_match(**pair, reasons=["birth"], by=the.esme, at=timezone.now())
        answer_different(person=kit.pk, other=christopher.pk, by=the.esme, at=timezone.now())
        assert not people.propose_match(**pair, reasons=["birth"], by=the.esme, at=timezone.now())
        assert MatchProposal.objects.get(person=christopher).answer == "different"


def test_an_old_link_leads_to_the_record_that_stands(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        merged(the.esme, kit, christopher)
    reader = at_work(the.esme)
    answer = reader.get(f"/work/people/{christopher.pk}/timeline/")
    assert (answer.status_code, answer["Location"]) == (302, f"/work/people/{kit.pk}/timeline/")
    assert "Christopher Vale" in said(reader.get(f"/work/people/{christopher.pk}/", follow=True))
    assert at_work(the.bashir).get(f"/work/people/{christopher.pk}/").status_code == 404


def test_a_merge_and_its_undoing_are_in_the_trail_of_both(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        unmerged(the.esme, merged(the.esme, kit, christopher))
    for kind in ("merged", "merge-undone"):
        assert {event.person_id for event in trail(the, kind)} == {kit.pk, christopher.pk}
        assert {event.actor_id for event in trail(the, kind)} == {the.esme.pk}


def test_a_relationship_is_found_from_both_sides_after_an_undo(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        aunt = begun(the.esme, given="Ida", born="1980-01-01")
        people.relate(person=christopher, other=aunt, kind="aunt-or-uncle", **how(the.esme))
        made = merged(the.esme, kit, christopher)
        assert Relationship.objects.get(person=aunt).other_id == kit.pk
        unmerged(the.esme, made)
        assert Relationship.objects.get(person=aunt).other_id == christopher.pk


def test_nobody_writes_what_only_a_merge_writes(the: Cast) -> None:
    for statement in (
        "UPDATE people_person SET merged_into_id = NULL",
        "INSERT INTO people_merge (id) VALUES (gen_random_uuid())",
        "INSERT INTO guard.merging VALUES (pg_current_xact_id())",
        "SELECT guard.put_v1('people_person', gen_random_uuid(), '{}')",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            acting(actor=the.esme.pk, purpose=PURPOSE),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# Columns that lead to a person and stay where they were written, each with the reason.
STAY = {
    ("people_correction", "person_id"): "what a row said before a correction is never changed",
    ("people_findable", "person_id"): "made anew from the names",
    **dict.fromkeys(
        (
            ("people_genogram", "person_id"),
            ("people_genogrammember", "person_id"),
            ("people_genogramtie", "person_id"),
            ("people_genogramtie", "other_id"),
        ),
        "kept for a court as it was on a day",
    ),
    ("people_addressreveal", "person_id"): "what was shown then, through whom",
    **{
        (f"people_{table}", "person_id"): "what the merge was"
        for table in ("merge", "mergemove", "mergeundo")
    },
    ("people_merge", "other_id"): "what the merge was",
    ("returns_importedchild", "person_id"): "what a file told",
    ("returns_importdifference", "person_id"): "what a file told",
    ("security_auditevent", "person_id"): "the trail is never changed",
    ("security_conflict", "person_id"): "a record with one is not merged, and what ended is kept as it was",
    (
        "security_restriction",
        "person_id",
    ): "a record with one is not merged, and what ended is kept as it was",
    ("sharing_disclosure", "person_id"): "what left the council, as it left",
    ("sharing_proposal", "person_id"): "what was proposed of one record, weighed and answered as it stood",
}


def test_every_column_that_leads_to_a_person_moves_or_says_why_not(
    server: Server, django_db_setup: None
) -> None:
    with psycopg.connect(server.dsn(dbname=DATABASE)) as owner:
        owner.execute("SET LOCAL ROLE wenlock_guard")
        moved = {
            (table, column)
            for table, columns in owner.execute(
                "SELECT name, columns FROM guard.columns_moved_v1()"
            ).fetchall()
            for column in columns
        }
        owner.execute("RESET ROLE")
        leads = set(person_columns(owner))
    assert leads - moved == set(STAY)
    assert moved - leads == set()
