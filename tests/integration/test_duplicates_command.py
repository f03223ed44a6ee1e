"""`wenlock duplicates`: what it proposes, for whom, and what it never says."""

import logging

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.merge_examples import begun, how, merged
from tests.integration.workspace_examples import trail
from wenlock.people import actions as people
from wenlock.people.models import MatchProposal
from wenlock.people.queries import briefs
from wenlock.security.context import acting
from wenlock.workspace.commands import duplicates


def run(*arguments: str) -> Result:
    return CliRunner().invoke(duplicates, arguments, catch_exceptions=False)


def twice(the: Cast) -> None:
    """Kit Vale recorded twice, with a misspelling, at one address."""
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        both = [begun(the.esme, given="Christopher"), begun(the.esme, given="Chirstopher")]
        people.record_address(people=both, lines=["1 Mill Lane"], postcode="SY7 7ZZ", **how(the.esme))


def proposed(the: Cast) -> list[tuple[str, ...]]:
    """The reasons of each proposal the service manager sees."""
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        return [tuple(row.reasons) for row in MatchProposal.objects.order_by("id")]


def test_a_record_begun_twice_is_proposed_once_with_how_likely_and_why(the: Cast) -> None:
    twice(the)
    assert "Newly proposed: 1." in run("--by", the.femi.email).output
    assert "Newly proposed: 0." in run("--by", the.femi.email).output
    ((likely, *why),) = proposed(the)
    assert likely.endswith("% likely")
    assert {"Same family name", "Same date of birth", "Same postcode"} <= set(why)


def test_two_recorded_as_related_are_not_proposed(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        both = [begun(the.esme, given="Christopher"), begun(the.esme, given="Chirstopher")]
        people.relate(person=both[0], other=both[1], kind="sibling", **how(the.esme))
    assert "of which 1 are recorded as related" in run("--by", the.femi.email).output
    assert proposed(the) == []


def test_a_record_merged_away_and_one_that_is_closed_are_not_compared(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme), begun(the.esme, given="Kitt")
        merged(the.esme, kit, other)
        begun(the.esme, given="Rhea", family="Stone", born="2012-04-05")  # like Rhea, who is restricted
    run("--by", the.femi.email)
    assert proposed(the) == []


def test_no_name_is_printed_logged_or_kept_in_the_trail(the: Cast, caplog: pytest.LogCaptureFixture) -> None:
    twice(the)
    with caplog.at_level(logging.DEBUG):
        result = run("--by", the.femi.email)
    written = result.output + caplog.text + str([event.detail for event in trail(the, "compared")])
    assert "Vale" not in written and "hristopher" not in written
    assert trail(the, "compared")[0].actor_id == the.femi.pk


def test_nobody_runs_it_whose_role_does_not_merge(the: Cast) -> None:
    result = run("--by", the.amara.email)
    assert result.exit_code == 1 and the.amara.name not in result.output.split("may")[0]


def test_an_answer_that_they_are_two_people_is_not_asked_again(the: Cast) -> None:
    twice(the)
    run("--by", the.femi.email)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        MatchProposal.objects.update(answer="different", decided_by=the.esme, decided_at=timezone.now())
    assert "Newly proposed: 0." in run("--by", the.femi.email).output
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        row = MatchProposal.objects.get()
        assert row.answer == "different" and len(briefs([row.person_id, row.other_id])) == 2
