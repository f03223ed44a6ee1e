"""`wenlock clocks reckon`: every open clock anew from its events, by an account that sees dates and no words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.clock_stage import Example, at, reckon, running
from tests.integration.intake_examples import matched, taken
from wenlock.clocks import actions, commands
from wenlock.clocks.models import Breach, Clock, Former
from wenlock.intake.actions import Named
from wenlock.intake.clocks import stories
from wenlock.intake.models import Contact, Decision
from wenlock.law.clocks_front_door import CONTACT_RECEIVED, CONTACT_SCREENED, CONTACT_SCREENING
from wenlock.security.context import acting

TWELVE_HOURS = """
[authority]
name = "Nowhere Council"
[clock-setting.screening]
setting = "front-door.contact-screening"
number = 12
since = 2020-01-01
set_by = "The board"
"""


@pytest.fixture
def sooner(tmp_path: Path) -> Any:
    """A council that screens within twelve hours."""
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "authority.toml").write_text(TWELVE_HOURS, encoding="utf-8")
    return override_settings(AUTHORITIES=tmp_path, AUTHORITY="nowhere")


def run(*words: str) -> Result:
    return CliRunner().invoke(commands.clocks, ["reckon", *words])


def clock_of(contact: Any, the: Cast) -> Clock:
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        return Clock.objects.get(matter_id=contact.pk)


def test_a_setting_that_changes_moves_what_is_open_and_keeps_what_was(the: Cast, sooner: Any) -> None:
    contact = taken(the.dilys)
    before = clock_of(contact, the)
    with sooner:
        told = run()
        assert told.exit_code == 0, told.output
        again = run()
    after = clock_of(contact, the)
    assert before.due_at is not None
    assert after.due_at == before.due_at - timedelta(hours=12)
    assert (before.settings, after.settings) == (
        {"front-door.contact-screening": 24},
        {"front-door.contact-screening": 12},
    )
    assert "The authority set that itself; without its setting it would be 24 hours." in after.because
    assert f"Screen a contact, intake_contact {contact.pk}: Due " in told.output
    assert "1 differed." in told.output
    assert "0 differed." in again.output
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        (was,) = Former.objects.filter(clock=after)
    assert (was.due_at, was.replaced_by.name) == (before.due_at, "The keeper of clocks")


def test_what_is_stopped_stays_as_it_was_reckoned(the: Cast, sooner: Any) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    example.happens(CONTACT_RECEIVED, at("2026-06-01 09:00"))
    example.happens(CONTACT_SCREENED, at("2026-06-02 08:00"))
    with running(CONTACT_SCREENING, on=[example]):
        reckon(example, the.amara)
        with sooner:
            assert "Reckoned 0 open clocks" in run().output


def test_a_run_that_stopped_goes_on_where_it_was(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        taken(the.dilys)
    monkeypatch.setattr(actions, "BATCH", 1)
    steps = actions.reckon_anew(at=timezone.now())
    first, number, _ = next(steps)
    steps.close()
    rest = [last for last, _, _ in actions.reckon_anew(after=first, at=timezone.now())]
    assert number == 1
    assert len({first, *rest}) == 3
    assert [first, *rest] == sorted([first, *rest])


def test_the_clock_of_a_closed_record_is_reckoned_too(the: Cast, sooner: Any) -> None:
    contact = taken(the.carys, about=(Named(given="Rhea", family="Stone"),))
    matched(contact, the, by=the.carys, person=the.people.rhea)
    before = clock_of(contact, the)
    with sooner:
        assert "1 differed." in run().output
    assert clock_of(contact, the).due_at != before.due_at


def test_a_matter_that_is_no_more_is_left_as_it_is(the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    example.happens(CONTACT_RECEIVED, at("2026-06-01 09:00"))
    with running(CONTACT_SCREENING, on=[example]):
        reckon(example, the.amara)
    with running(CONTACT_SCREENING, on=[]):
        assert "Reckoned 1 open clock; 0 differed." in run().output


def test_what_was_left_out_is_found_and_stopped_by_a_row_the_keeper_cannot_see(the: Cast) -> None:
    """A context that forgot to reckon is put right, and still by nothing but a row that is there."""
    example = Example(row=the.people.rhea.pk, people=(the.people.rhea.pk,))
    example.happens(CONTACT_RECEIVED, at("2026-06-01 09:00"))
    with running(CONTACT_SCREENING, on=[example]):
        reckon(example, the.carys)
        example.happens(CONTACT_SCREENED, at("2026-06-01 10:00"))
        assert "It is due as before." in run().output
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        assert Clock.objects.get(matter_id=example.id).state == "met"


def test_the_keeper_sees_dates_and_no_words_and_gives_no_reason(the: Cast) -> None:
    contact = taken(the.dilys)
    keeper = actions.keeper()
    with acting(actor=keeper.pk, purpose=actions.PURPOSE):
        assert Clock.objects.filter(matter_id=contact.pk).exists()
        assert [each.event.kind for each in stories([contact.pk])[contact.pk].events] == ["contact.received"]
        assert not Contact.objects.exists()
        assert not Decision.objects.exists()
        assert not Breach.objects.exists()


def test_nobody_else_is_told_the_story_of_a_contact_they_do_not_see(the: Cast) -> None:
    contact = taken(the.dilys)
    for who in (the.amara, the.gwen, the.noel):
        with acting(actor=who.pk, purpose=PURPOSE):
            assert stories([contact.pk]) == {}
