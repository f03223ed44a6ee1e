"""The invented council: the same twice, in the field's rhythms, and leading to nobody real."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from wenlock.demo import cast
from wenlock.demo.courses import months_after
from wenlock.demo.invent import invent
from wenlock.demo.places import EAST, WEST
from wenlock.demo.story import Council, Episode, Protected
from wenlock.law.calendars import ENGLAND
from wenlock.people import codes as people_codes
from wenlock.practice.child_in_need import codes as need_codes
from wenlock.practice.protection import codes as protection_codes

TODAY = date(2026, 11, 22)
SMALL = 1200


@pytest.fixture(scope="module")
def council() -> Council:
    return invent(on=TODAY)


def told(council: Council) -> list[object]:
    """The invention in values that can be compared."""
    people = [(p.id, p.given, p.family, p.born_on, p.ethnicity, tuple(p.numbers)) for p in council.people]
    episodes = [
        (e.id, e.child.id, e.referred_on, e.assessments, e.plans, e.visits, e.discussions)
        for e in council.episodes
    ]
    return [people, episodes, [(n.id, n.text, n.recorded_at) for n in council.notes], council.mistaken]


def plans(council: Council) -> Iterator[Protected]:
    for episode in council.episodes:
        for discussed in episode.discussions:
            if discussed.enquiry and discussed.enquiry.plan:
                yield discussed.enquiry.plan


def test_the_same_seed_and_day_give_the_same_council() -> None:
    assert told(invent(on=TODAY, people=SMALL)) == told(invent(on=TODAY, people=SMALL))


def test_another_seed_gives_another_council() -> None:
    assert told(invent(on=TODAY, people=SMALL)) != told(invent(on=TODAY, people=SMALL, seed="marchford"))


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2026, 2, 28), date(2027, 8, 30), date(2028, 2, 29)])
def test_a_council_can_be_invented_on_any_day(day: date) -> None:
    assert len(invent(on=day, people=SMALL).people) == pytest.approx(SMALL, abs=10)


def test_there_are_about_three_thousand_people_and_seven_hundred_children_with_a_history(
    council: Council,
) -> None:
    assert len(council.people) == pytest.approx(3000, abs=12)
    assert len({episode.child.id for episode in council.episodes}) == pytest.approx(705, abs=10)
    assert 150 <= sum(episode.closed_on is None for episode in council.episodes) <= 350
    assert 20 <= sum(plan.ended_on is None for plan in plans(council)) <= 80


def test_families_are_of_every_shape(council: Council) -> None:
    shapes = Counter(family.shape for family in council.families)
    assert min(shapes.values()) >= 15, shapes
    assert any(
        person.born_on is None and person.expected_on and person.expected_on > TODAY
        for person in council.people
    )
    kinds = Counter(tie.kind for family in council.families for tie in family.ties)
    assert kinds["half-sibling"] > 50 and kinds["step-parent"] > 50 and kinds["grandparent"] > 50


def test_twins_are_born_on_one_day_of_one_mother(council: Council) -> None:
    pairs = [family.children for family in council.families if family.shape == "twins"]
    twins = [pair for pair in pairs if len(pair) == 2]
    mistaken = {person for people in council.mistaken.values() for person in people}
    for one, other in twins:
        if not {one.id, other.id} & mistaken:
            assert (one.born_on, one.mother) == (other.born_on, other.mother)
            assert one.given != other.given
    assert len(twins) >= 15


def test_parents_are_old_enough_to_be_parents(council: Council) -> None:
    for child in council.people:
        for parent in (child.mother, child.father):
            if parent and parent.born_on and child.born_on:
                assert child.born_on - parent.born_on >= timedelta(days=17 * 365), child.id


def test_no_two_in_a_family_have_one_given_name(council: Council) -> None:
    twice = {id_ for code in ("swapped", "month-out") for id_ in council.mistaken[code]}
    for family in council.families:
        names = Counter(person.given for person in family.people if person.id not in twice)
        assert max(names.values()) == 1, names


def test_every_place_is_invented(council: Council) -> None:
    for family in council.families:
        for home in family.homes:
            # No postcode area of the United Kingdom begins with X.
            assert re.fullmatch(r"XW([1-9]|1[0-2]) [0-9][ABD-HJLNP-UW-Z]{2}", home.postcode)
            assert re.fullmatch(r"(9999[0-9]{8})?", home.uprn)
            assert home.lines[-1] in EAST | WEST


def test_every_telephone_is_from_a_drama_and_every_e_mail_an_example(council: Council) -> None:
    drama = r"01632 960[0-9]{3}|07700 900[0-9]{3}|0113 496 0[0-9]{3}"
    for person in council.people:
        for reach in person.reached_by:
            assert re.fullmatch(
                drama if reach.kind != "email" else r"[a-z'.-]+[0-9]+@example\.org", reach.value
            ), reach


def test_every_number_is_of_a_range_that_is_nobodys(council: Council) -> None:
    for person in council.people:
        for scheme, value in person.numbers:
            assert scheme != "NHS" or value.startswith("999")
            assert scheme not in ("UPN", "former-UPN") or value[4:6] == "99"
            assert scheme in ("NHS", "UPN", "former-UPN", "LA-child-id", "supplier")


def test_nothing_has_happened_that_is_still_to_come(council: Council) -> None:
    for episode in council.episodes:
        assert all(day <= TODAY for day in _days(episode))
    assert all(note.happened_at.date() <= TODAY for note in council.notes)


def _days(episode: Episode) -> Iterator[date]:
    days: list[date | None] = [
        episode.referred_on,
        episode.closed_on,
        *(visit.on for visit in episode.visits),
    ]
    for assessed in episode.assessments:
        days += [assessed.began_on, assessed.review_on, assessed.authorised_on]
    for plan in episode.plans:
        days += [plan.began_on, plan.ended_on]
    for discussed in episode.discussions:
        days.append(discussed.on)
        if enquiry := discussed.enquiry:
            days += [enquiry.began_on, enquiry.ended_on, enquiry.conference_on]
            if enquiry.plan:
                days += [
                    enquiry.plan.began_on,
                    enquiry.plan.ended_on,
                    *(r.held_on for r in enquiry.plan.reviews),
                ]
    yield from (day for day in days if day is not None)


def test_an_episode_begins_with_its_referral_and_ends_with_its_closure(council: Council) -> None:
    backwards = set(council.mistaken["plan-backwards"])
    for episode in council.episodes:
        if episode.child.id not in backwards:
            assert min(_days(episode)) == episode.referred_on
            assert episode.closed_on is None or max(_days(episode)) == episode.closed_on
            assert (episode.closed_on is None) == (episode.reason == "")


def test_a_child_has_one_episode_at_a_time(council: Council) -> None:
    of_child: dict[UUID, list[Episode]] = {}
    for episode in council.episodes:
        of_child.setdefault(episode.child.id, []).append(episode)
    assert sum(len(episodes) > 1 for episodes in of_child.values()) > 50
    for episodes in of_child.values():
        episodes.sort(key=lambda episode: episode.referred_on)
        for before, after in pairwise(episodes):
            assert before.closed_on and before.closed_on < after.referred_on


def working_days_between(first: date, last: date) -> int:
    count, day = 0, first
    while day < last:
        day += timedelta(days=1)
        count += ENGLAND.is_working_day(day)
    return count


def test_most_assessments_are_done_in_forty_five_working_days_and_some_are_late(council: Council) -> None:
    taken = [
        working_days_between(episode.referred_on, assessed.authorised_on)
        for episode in council.episodes
        for assessed in episode.assessments
        if assessed.authorised_on
    ]
    late = sum(days > 45 for days in taken) / len(taken)
    assert 0.06 < late < 0.22
    assert max(taken) <= 68


def test_most_conferences_are_held_in_fifteen_working_days_and_some_are_late(council: Council) -> None:
    enquiries = [d.enquiry for episode in council.episodes for d in episode.discussions if d.enquiry]
    taken = [working_days_between(e.began_on, e.conference_on) for e in enquiries if e.conference_on]
    assert 0.02 < sum(days > 15 for days in taken) / len(taken) < 0.3
    assert max(taken) <= 24
    assert all(e.target_on == ENGLAND.working_day_after(e.began_on, 15) for e in enquiries)


def test_reviews_fall_due_after_three_months_and_then_six_and_few_are_late(council: Council) -> None:
    late = [review.held_on > review.due_on for plan in plans(council) for review in plan.reviews]
    assert 0 < sum(late) / len(late) < 0.2
    for plan in plans(council):
        last, months = plan.began_on, 3
        for review in plan.reviews:
            assert review.due_on == months_after(last, months)
            assert ENGLAND.is_working_day(review.held_on) and review.held_on > last
            last, months = review.held_on, 6
        assert plan.ended_on is None or plan.ended_on == plan.reviews[-1].held_on


def test_a_referral_that_goes_no_further_has_nothing_after_it(council: Council) -> None:
    for episode in council.episodes:
        if episode.no_further_action:
            assert not (episode.assessments or episode.plans or episode.visits or episode.discussions)


def test_a_plan_counts_the_plans_before_it(council: Council) -> None:
    counts: dict[UUID, int] = {}
    again = 0
    for episode in sorted(council.episodes, key=lambda episode: episode.referred_on):
        for discussed in episode.discussions:
            if discussed.enquiry and (plan := discussed.enquiry.plan):
                again += episode.child.id in counts
                assert plan.previous == counts.get(episode.child.id, plan.previous) <= 3
                counts[episode.child.id] = plan.previous + 1
    assert again > 0


def test_every_code_is_in_its_set(council: Council) -> None:
    for person in council.people:
        assert person.ethnicity in people_codes.ETHNICITIES
        assert set(person.disabilities) <= set(people_codes.DISABILITIES)
        assert person.no_upn_because in {"", *people_codes.UPN_UNKNOWN}
        assert {caution.kind for caution in person.cautions} <= set(people_codes.WARNING_KINDS)
    for episode in council.episodes:
        assert episode.source in need_codes.REFERRAL_SOURCES
        assert episode.reason in {"", *need_codes.CLOSURE_REASONS}
        assert {code for a in episode.assessments for code in a.factors} <= set(need_codes.FACTORS)
        for discussed in episode.discussions:
            assert discussed.decided in protection_codes.STRATEGY_DECISIONS
            assert discussed.enquiry is None or discussed.enquiry.outcome in {
                "",
                *protection_codes.ENQUIRY_OUTCOMES,
            }


def test_a_note_is_by_somebody_who_held_the_case_that_day(council: Council) -> None:
    manages = {each.slug: each.team for each in cast.EVERYONE if each.role == "team-manager"}
    held: dict[tuple[UUID, str], list[tuple[date, date | None]]] = {}
    for involvement in council.involvements:
        for episode in involvement.episodes:
            for given in involvement.given:
                held.setdefault((episode.child.id, given.to), []).append((given.from_on, given.until_on))
    for note in council.notes:
        day = note.happened_at.date()
        for child, _, alone in note.about:
            spells = held[child.id, manages.get(note.author, note.author)]
            assert any(since <= day and (until is None or day <= until) for since, until in spells), note.id
            assert not alone or child.age(day) >= 3


def test_notes_are_drafted_corrected_and_retracted(council: Council) -> None:
    assert len(council.notes) > 500
    assert sum(len(note.about) > 1 for note in council.notes) > 100
    assert Counter(note.final for note in council.notes)[False] == 4
    assert sum(note.corrects is not None for note in council.notes) == 4
    assert sum(bool(note.retracted_because) for note in council.notes) == 2
    assert all("{" not in note.text + note.title for note in council.notes)


def test_amara_has_cases_unlike_each_other(council: Council) -> None:
    hers = [one for one in council.involvements if one.is_open and "amara" in one.workers("case-worker")]
    assert 7 <= len(hers) <= 12
    assert len({one.family.shape for one in hers}) >= 5


def test_a_mother_who_fled_is_protected_and_the_father_is_not_told(council: Council) -> None:
    fled = [family for family in council.families if family.fled]
    assert len(fled) >= 4
    for family in fled:
        hidden = [home for home in family.homes if home.confidential]
        assert len(hidden) == 1 and not any(
            stay.person.sex == "M" and not stay.person.is_child for stay in hidden[0].stays
        )
    assert {home.lines for family in council.families for home in family.homes if home.confidential} < {
        home.lines for family in council.families for home in family.homes
    }


def test_nobody_holds_a_case_they_are_in_conflict_with(council: Council) -> None:
    for conflict in council.conflicts:
        for involvement in council.involvements:
            if conflict.person in [episode.child for episode in involvement.episodes]:
                assert conflict.worker not in involvement.workers("case-worker")
    assert {conflict.worker for conflict in council.conflicts} >= {"esme"}
