"""Bringing a census in: what is recognised, proposed, completed, questioned, left for a person, and
refused.
"""

import io
from datetime import date

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.cin_stage import bring_in, cin_examples
from wenlock.notice.models import Provenance
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.checkdigits import upn_check_letter
from wenlock.people.models import Ethnicity, Identifier, IdentifierAbsence, MatchProposal, Name, Person
from wenlock.practice.child_in_need.models import Assessment, AssessmentFactor, Episode, Plan
from wenlock.practice.protection.models import InitialConference, PlanCategory, ReviewConference
from wenlock.returns.cin.actions import ImportNotAllowed, import_census
from wenlock.returns.cin.faults import CensusRefused
from wenlock.returns.models import ImportBatch, ImportDifference, ImportedChild
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Actor

child, episode, message = cin_examples.child, cin_examples.episode, cin_examples.message
BORN = "<PersonBirthDate>2014-02-15</PersonBirthDate><Sex>F</Sex>"


def person_of(number: str, times: int = 0) -> Person:
    """The record a council number leads to."""
    holders = Identifier.objects.filter(scheme="LA-child-id", value=number).order_by("position")
    return holders[times].person


def as_femi(the: Cast) -> acting:  # type: ignore[valid-type]
    """In the data officer's name."""
    return acting(actor=the.femi.pk, purpose=PURPOSE)


def everything_held(the: Cast) -> dict[str, int]:
    """How many rows each table has for the data officer, who sees all that is not restricted."""
    models = (Person, Identifier, IdentifierAbsence, Ethnicity, Episode, Assessment, AssessmentFactor, Plan)
    models += (
        InitialConference,
        PlanCategory,
        ReviewConference,
        MatchProposal,
        ImportedChild,
        ImportBatch,
        Provenance,
    )
    with as_femi(the):
        return {model.__name__: model._default_manager.count() for model in models}


def test_every_module_is_held_with_how_it_came(the: Cast) -> None:
    report = bring_in(cin_examples.full(), the.femi, name="cin-2026.xml")
    assert (report.children, report.counts["begun"], report.years) == (3, 3, (2026,))
    with as_femi(the):
        mine = person_of("WEN0001")
        assert (mine.born_on, mine.expected_on, mine.died_on, mine.sex) == (
            date(2015, 3, 27), date(2015, 4, 1), date(2026, 3, 30), "F",
        )  # fmt: skip
        assert [row.code for row in mine.disabilitys.order_by("position")] == ["HAND", "HEAR"]
        assert IdentifierAbsence.objects.get(person=mine).reason == "UN3"
        provenance = mine.provenance
        assert (provenance.channel.code, provenance.source.code) == (
            "other-electronic",
            "internal-departments",
        )
        assert (provenance.file_name, provenance.file_sha256) == ("cin-2026.xml", report.sha256)
        assert provenance.recorded_by == the.femi


def test_modules_lie_in_the_places_the_record_has_for_them(the: Cast) -> None:
    bring_in(cin_examples.full(), the.femi)
    with as_femi(the):
        first, second = Episode.objects.filter(person=person_of("WEN0001")).order_by("position")
        done, unasked = Assessment.objects.filter(episode=first).order_by("position")
        assert [row.code for row in done.factors.order_by("position")] == ["4B", "RB", "16A"]
        assert (done.internal_review_on, unasked.factors_asked) == (date(2025, 9, 12), True)
        assert unasked.authorised_on < unasked.began_on  # held as the file gave it
        moved_in = InitialConference.objects.get(episode=first, enquiry=None)
        enquired = InitialConference.objects.get(episode=first, enquiry__isnull=False)
        assert (str(moved_in.held_on), str(enquired.held_on)) == ("2025-12-06", "2025-11-06")
        plan = first.protection_plans.get()
        assert [(row.position, row.code) for row in plan.categories.order_by("position")] == [
            (0, "PHY"),
            (1, "NEG"),
        ]
        assert [str(row.held_on) for row in plan.reviews.order_by("position")] == ["2026-01-29", "2026-03-01"]
        assert second.no_further_action is True


def test_a_child_of_a_census_has_no_name(the: Cast) -> None:
    bring_in(message(child("WEN1", episodes=episode())), the.femi)
    with as_femi(the):
        assert not Name.objects.filter(person=person_of("WEN1")).exists()


def test_a_child_known_by_the_councils_number_is_recognised(the: Cast) -> None:
    report = bring_in(message(child("W000001", episodes=episode())), the.femi)
    assert (report.counts["recognised"], report.counts["begun"], report.counts["proposed"]) == (1, 0, 0)
    with as_femi(the):
        assert Episode.objects.filter(person=the.people.mia).count() == 1


def test_the_same_file_again_adds_nothing(the: Cast) -> None:
    bring_in(cin_examples.full(), the.femi)
    before = everything_held(the)
    report = bring_in(cin_examples.full(), the.femi)
    assert report.again
    assert report.changed_nothing
    assert everything_held(the) == before


def test_a_blank_now_filled_completes_the_fact(the: Cast) -> None:
    bring_in(message(child("WEN1", episodes=episode())), the.femi)
    closed = episode("<CINclosureDate>2026-01-09</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>")
    report = bring_in(message(child("WEN1", episodes=closed)), the.femi)
    assert (report.counts["completed"], report.counts["episode"], report.differences) == (1, 0, [])
    with as_femi(the):
        mine = Episode.objects.get(person=person_of("WEN1"))
        assert (mine.closed_on, mine.closure_reason) == (date(2026, 1, 9), "RC7")


def test_a_fact_given_otherwise_is_left_for_a_person(the: Cast) -> None:
    def told(need: str, closed: str) -> bytes:
        inside = f"<PrimaryNeedCode>{need}</PrimaryNeedCode><CINclosureDate>{closed}</CINclosureDate>"
        return message(child("WEN1", episodes=episode(inside)))

    bring_in(told("N1", "2026-01-09"), the.femi)
    report = bring_in(told("N4", "2026-01-10"), the.femi)
    assert [(each.element, each.held, each.given) for each in report.differences] == [
        ("CINdetails/PrimaryNeedCode", "N1", "N4"),
        ("CINdetails/CINclosureDate", "2026-01-09", "2026-01-10"),
    ]
    with as_femi(the):
        mine = Episode.objects.get(person=person_of("WEN1"))
        assert (mine.primary_need, mine.closed_on) == ("N1", date(2026, 1, 9))
        assert ImportDifference.objects.filter(batch=report.batch, person=mine.person).count() == 2


def test_a_blank_in_a_later_file_takes_nothing_away(the: Cast) -> None:
    bring_in(message(child("WEN1", episodes=episode("<PrimaryNeedCode>N1</PrimaryNeedCode>"))), the.femi)
    report = bring_in(message(child("WEN1", episodes=episode())), the.femi)
    assert report.changed_nothing
    assert report.differences == []


def test_a_second_child_with_one_number_is_a_record_of_its_own(the: Cast) -> None:
    two = message(
        child("WEN1", episodes=episode(referred="2025-09-01")),
        child("WEN1", episodes=episode(referred="2025-10-01")),
    )
    report = bring_in(two, the.femi)
    assert (report.counts["begun"], report.counts["proposed"], report.counts["questioned"]) == (2, 1, 1)
    with as_femi(the):
        first, second = person_of("WEN1"), person_of("WEN1", 1)
        assert first != second
        questioned = Identifier.objects.get(person=second, scheme="LA-child-id").questioned
        assert questioned == "Another record has this number."
        assert Identifier.objects.get(person=first, scheme="LA-child-id").questioned == ""
        proposal = MatchProposal.objects.get(person=second)
        assert (proposal.other, proposal.answer, proposal.proposed_by) == (first, "", the.femi)
    again = bring_in(two.replace(b"<Message>", b"<Message> "), the.femi)
    assert again.changed_nothing


def test_a_pupil_number_that_cannot_be_right_is_held_and_questioned(the: Cast) -> None:
    report = bring_in(message(child("WEN1", identifiers=f"<UPN>A123456789123</UPN>{BORN}")), the.femi)
    with as_femi(the):
        number = Identifier.objects.get(person=person_of("WEN1"), scheme="UPN")
        assert number.value == "A123456789123"
        assert number.questioned.startswith("The first letter does not agree")
    assert report.questions[0].says.startswith("UPN: The first letter")


def test_a_pupil_number_held_twice_is_questioned_and_the_match_proposed(the: Cast) -> None:
    upn = f"<UPN>H801200001001</UPN>{BORN}"
    report = bring_in(message(child("WEN1", identifiers=upn), child("WEN2", identifiers=upn)), the.femi)
    assert report.counts["proposed"] == 1
    with as_femi(the):
        first, second = (Identifier.objects.get(person=person_of(n), scheme="UPN") for n in ("WEN1", "WEN2"))
        assert "Another record has this number." not in first.questioned
        assert "Another record has this number." in second.questioned
        assert MatchProposal.objects.get(person=second.person).reasons == ["They have the same pupil number."]


def test_somebody_without_a_number_who_is_alike_is_proposed_and_never_joined(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        known = people.record_person(
            given="Una",
            family="Reed",
            born_on=date(2014, 2, 15),
            sex="F",
            by=the.esme,
            at=at,
            provenance=provenance,
        )
        people.record(Ethnicity, person=known, code="NOBT", by=the.esme, at=at, provenance=provenance)
    report = bring_in(message(child("WEN1"), child("WEN2")), the.femi)
    assert (report.counts["begun"], report.counts["proposed"]) == (2, 2)
    with as_femi(the):
        assert {proposal.other for proposal in MatchProposal.objects.all()} == {known}
        assert not Identifier.objects.filter(person=known).exists()


def test_two_numbered_children_who_are_alike_are_not_led_to_each_other(the: Cast) -> None:
    bring_in(message(child("WEN1")), the.femi)
    assert bring_in(message(child("WEN2")), the.femi).counts["proposed"] == 0


def test_a_file_that_tells_of_a_record_closed_to_the_reader_is_refused_whole(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.carys, at=at)
        people.identify(
            person=the.people.rhea,
            scheme="LA-child-id",
            value="WEN9",
            by=the.carys,
            at=at,
            provenance=provenance,
        )
    before = everything_held(the)
    data = message(child("WEN8"), child("WEN9"))
    with pytest.raises(CensusRefused) as refused:
        bring_in(data, the.femi)
    assert refused.value.faults[0].line == cin_examples.line_of(data, b"WEN9") - 1
    assert "not open to you" in refused.value.faults[0].reason
    assert everything_held(the) == before


def test_a_closed_record_is_not_told_of_by_its_pupil_number(the: Cast) -> None:
    at, rest = timezone.now(), "893200012345"
    upn = upn_check_letter(rest) + rest
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.carys, at=at)
        people.identify(
            person=the.people.rhea, scheme="UPN", value=upn, by=the.carys, at=at, provenance=provenance
        )
    report = bring_in(message(child("WEN1", identifiers=f"<UPN>{upn}</UPN>{BORN}")), the.femi)
    with as_femi(the):
        held = Identifier.objects.get(person=person_of("WEN1"), scheme="UPN")
        assert held.questioned == "This number could not be confirmed. Check it with whoever gave it."
    assert report.counts["proposed"] == 0


def test_a_conflict_of_interest_closes_the_record_to_the_file_too(the: Cast) -> None:
    security_at = timezone.now()
    with as_femi(the):
        security.declare_conflict(
            actor=the.femi, person=the.people.mia.pk, kind="relative", by=the.femi, at=security_at
        )
    with pytest.raises(CensusRefused, match="refused"):
        bring_in(message(child("W000001", episodes=episode())), the.femi)


def test_somebody_whose_role_brings_nothing_in_may_not(the: Cast) -> None:
    for actor in (the.amara, the.esme, the.gwen, the.harriet, the.noel):
        with pytest.raises(ImportNotAllowed):
            bring_in(message(child("WEN1")), actor)


def test_pre_proceedings_that_say_something_refuse_the_file_and_an_empty_block_does_not(the: Cast) -> None:
    def told(inside: str) -> bytes:
        block = f"<PreProceedingsandFGDM>{inside}</PreProceedingsandFGDM>"
        return message(child("WEN1", episodes=episode(block)), head=cin_examples.header(2027))

    before = everything_held(the)
    with pytest.raises(CensusRefused) as refused:
        bring_in(told("<PPStartDate>2026-10-01</PPStartDate>"), the.femi)
    fault = refused.value.faults[0]
    assert (fault.path.endswith("PreProceedingsandFGDM"), fault.line > 1) == (True, True)
    assert everything_held(the) == before
    assert bring_in(told(""), the.femi).children == 1


@pytest.mark.parametrize(
    "head, reason",
    [
        (cin_examples.header(Collection="SSDA903"), "another collection"),
        (cin_examples.header(Year="", ReferenceDate=""), "which census"),
    ],
)
def test_a_file_that_is_not_a_census_of_some_year_is_refused(the: Cast, head: str, reason: str) -> None:
    with pytest.raises(CensusRefused) as refused:
        bring_in(message(child("WEN1"), head=head), the.femi)
    assert reason in refused.value.faults[0].reason


def test_a_fault_at_the_end_of_the_file_leaves_nothing_of_its_beginning(the: Cast) -> None:
    good = [child(f"WEN{number}", episodes=cin_examples.FULL_EPISODE) for number in range(600)]
    bad = child("WEN600", episodes=episode(referred="2025-02-30"))
    before = everything_held(the)
    with pytest.raises(CensusRefused) as refused:
        bring_in(message(*good, bad), the.femi)
    assert "no such day" in refused.value.faults[0].reason
    assert everything_held(the) == before


def test_a_file_that_changes_while_it_is_read_is_refused(the: Cast) -> None:
    class Changing(io.BytesIO):
        def seek(self, *place: int) -> int:
            found = super().seek(*place)
            self.getbuffer()[-1:] = b" " if self.getbuffer()[-1:] == b"\n" else b"\n"
            return found

    before = everything_held(the)
    with pytest.raises(CensusRefused, match="refused"):
        import_census(stream=Changing(message(child("WEN1"))), file_name="x", by=the.femi, at=timezone.now())
    assert everything_held(the) == before


def test_another_councils_file_is_remarked_on(the: Cast) -> None:
    report = bring_in(message(child("WEN1"), head=cin_examples.header(LEA="201")), the.femi)
    assert (report.remarks[0].value, report.remarks[0].line) == ("201", 3)


def test_numbers_larger_than_any_child_has_plans_are_held(the: Cast) -> None:
    plan = "<ChildProtectionPlans><NumberOfPreviousCPP>999999</NumberOfPreviousCPP></ChildProtectionPlans>"
    assert bring_in(message(child("WEN1", episodes=episode(plan))), the.femi).counts["protection_plan"] == 1


def test_a_service_account_brings_nothing_in(the: Cast) -> None:
    robot = Actor(kind="service", name="Nightly", email="nightly@wenlock.example", password="!")
    robot.save()
    with pytest.raises(ImportNotAllowed):
        bring_in(message(child("WEN1")), robot)
