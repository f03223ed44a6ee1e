"""Clocks that run: stored with what is next due, recomputed when events change, and stopped by nothing but a row."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.clock_stage import ROWS, TABLE, Example, at, kept, reckon, running
from tests.integration.intake_examples import came_in, matched, taken, website
from wenlock.clocks import actions, queries
from wenlock.clocks.matters import NoSuchMatter, gathered
from wenlock.clocks.models import Breach, Clock, Former
from wenlock.intake import actions as intake
from wenlock.intake.actions import Named, Telling
from wenlock.intake.clocks import CONTACT, SCREENING
from wenlock.law.clock_catalogue import CLOCKS
from wenlock.law.clocks import Clock as Declared
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENED,
    CONTACT_SCREENING,
    INFORMATION_OBTAINED,
    PRIVACY_EXEMPTION_RECORDED,
    PRIVACY_INFORMATION,
    PRIVACY_INFORMATION_GIVEN,
    REFERRAL_RECEIVED,
    REFERRER_REPLY,
)
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent
from wenlock.security.queries import NotFound

CAME, DUE = at("2026-06-01 09:00"), at("2026-06-02 09:00")
MORE = timedelta(minutes=1)


@pytest.fixture
def example(the: Cast) -> Any:
    """A matter about Mia on which the clock of screening runs, a day by the clock."""
    found = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    with running(CONTACT_SCREENING, on=[found]):
        yield found


def fields(clock: Clock) -> tuple[Any, ...]:
    return clock.state, clock.due_at, clock.finished_table, clock.finished_id, clock.finished_at


def former(clock: Clock, by: Actor) -> list[Any]:
    with acting(actor=by.pk, purpose=PURPOSE):
        return list(Former.objects.filter(clock=clock).order_by("position"))


def reason(clock: Clock, by: Actor, *, reason: str = "overlooked", words: str = "Nobody looked.") -> Breach:
    with acting(actor=by.pk, purpose=PURPOSE):
        return actions.give_reason(clock=clock.pk, reason=reason, words=words, by=by, at=timezone.now())


def test_what_has_begun_is_kept_with_when_it_is_due_and_why(the: Cast, example: Example) -> None:
    example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    clock = kept(example, the.amara)
    assert fields(clock) == ("open", DUE, "", None, None)
    assert (clock.code, clock.warn_at, clock.rule_since) == (
        SCREENING, DUE - timedelta(hours=4), CONTACT_SCREENING.rules[0].since,
    )  # fmt: skip
    assert clock.because[0] == "It began on 1 June 2026 at 10am, when the contact was received."


def test_a_whole_day_is_due_until_its_last_moment_in_london(the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    example.happens(REFERRAL_RECEIVED, at("2026-06-01 09:00"))
    with running(REFERRER_REPLY, on=[example]):
        reckon(example, the.amara)
    assert kept(example, the.amara).due_at == at("2026-06-02 22:59:59.999999")


def test_nothing_is_kept_of_a_clock_that_nothing_has_begun(the: Cast, example: Example) -> None:
    assert reckon(example, the.amara) == ()
    with pytest.raises(Clock.DoesNotExist):
        kept(example, the.amara)


def test_it_stops_with_the_row_that_satisfied_it(the: Cast, example: Example) -> None:
    example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    example.happens(CONTACT_SCREENED, DUE)
    reckon(example, the.amara)
    assert fields(kept(example, the.amara)) == ("met", DUE, ROWS, the.people.mia.pk, DUE)


def test_to_reckon_again_changes_nothing_and_leaves_no_trail(the: Cast, example: Example) -> None:
    example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        before = AuditEvent.objects.count()
    assert reckon(example, the.amara) == ()
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        assert AuditEvent.objects.count() == before


def test_a_correction_keeps_the_former_due_date_and_says_why_it_moved(the: Cast, example: Example) -> None:
    wrong = example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    example.happens(CONTACT_RECEIVED, CAME - timedelta(hours=2), corrects=wrong)
    (difference,) = reckon(example, the.amara)
    assert str(difference.change) == "Due 2 June 2026 at 10am, now 2 June 2026 at 8am."
    clock = kept(example, the.amara)
    (was,) = former(clock, the.amara)
    assert (clock.due_at, was.due_at, was.replaced_by) == (DUE - timedelta(hours=2), DUE, the.amara)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        (told,) = queries.replaced(clock.pk)
    assert told.change.formerly[0].startswith("It began on 1 June 2026 at 10am")
    assert told.change.because[0].startswith("It began on 1 June 2026 at 8am")


def test_a_start_that_is_struck_out_leaves_a_clock_that_does_not_run(the: Cast, example: Example) -> None:
    wrong = example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    example.happens(INFORMATION_OBTAINED, CAME, corrects=wrong)
    reckon(example, the.amara)
    clock = kept(example, the.amara)
    assert fields(clock) == ("not-started", None, "", None, None)
    assert [was.due_at for was in former(clock, the.amara)] == [DUE]


def test_what_cannot_be_reckoned_is_kept_open_and_says_so(the: Cast) -> None:
    """No act about a child is refused because a year's holidays are not known yet."""
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    example.happens(REFERRAL_RECEIVED, at("2060-06-01 09:00"))
    with running(REFERRER_REPLY, on=[example]):
        reckon(example, the.amara)
    clock = kept(example, the.amara)
    assert (clock.state, clock.due_at) == ("open", None)
    assert clock.because[0].startswith("It cannot be reckoned.")


@pytest.mark.parametrize("declared", CLOCKS, ids=lambda each: each.code)
def test_every_clock_that_is_declared_can_be_kept_and_stopped(declared: Declared, the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    began = at("2026-07-06 09:00")
    example.happens(declared.starts[0], began)
    with running(declared, on=[example]):
        reckon(example, the.amara)
        clock = kept(example, the.amara)
        assert (clock.code, clock.state, clock.due_at is not None) == (declared.code, "open", True)
        example.happens(declared.satisfied_by[0], began)
        reckon(example, the.amara)
    assert kept(example, the.amara).state == "met"


def test_a_matter_nobody_declared_is_not_reckoned(the: Cast) -> None:
    with pytest.raises(NoSuchMatter):
        reckon(Example(row=the.people.mia.pk), the.amara)


def test_a_matter_whose_story_is_not_told_is_never_left_behind_in_silence(the: Cast) -> None:
    with running(CONTACT_SCREENING, on=[]), pytest.raises(NoSuchMatter):
        reckon(Example(row=the.people.mia.pk), the.amara)


# What the database refuses, whoever writes


def changed(clock: Clock, by: Actor, **values: Any) -> int:
    with acting(actor=by.pk, purpose=PURPOSE):
        return Clock.objects.filter(pk=clock.pk).update(**values)


@pytest.fixture
def open_clock(the: Cast, example: Example) -> Clock:
    example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    return kept(example, the.amara)


STOPPED = {"finished_kind": "contact.screened", "finished_table": ROWS, "finished_at": DUE}


@pytest.mark.parametrize(
    "values, refusal",
    [
        ({"state": "met"}, "clocks_clock_finished_has_its_row"),
        ({"state": "met", **STOPPED}, "clocks_clock_finished_has_its_row"),
        ({"state": "met", **STOPPED, "finished_id": "somebody", "finished_at": None}, "finished_has_its_row"),
        ({"state": "open", **STOPPED, "finished_id": "somebody"}, "clocks_clock_finished_has_its_row"),
        ({"state": "met", **STOPPED, "finished_id": "somebody", "finished_at": DUE + MORE}, "late_says_so"),
        ({"state": "met-late", **STOPPED, "finished_id": "somebody"}, "clocks_clock_late_says_so"),
        ({"state": "lost"}, "clocks_clock_finished_has_its_row"),
        ({"warn_at": DUE + MORE}, "clocks_clock_warns_before_it_is_due"),
        ({"started_at": None}, "clocks_clock_open_has_begun"),
    ],
)
def test_a_clock_never_says_what_is_not_so(
    values: dict[str, Any], refusal: str, the: Cast, open_clock: Clock
) -> None:
    said = {key: the.people.mia.pk if value == "somebody" else value for key, value in values.items()}
    with pytest.raises(IntegrityError, match=refusal):
        changed(open_clock, the.amara, **said)


@pytest.mark.parametrize("named", ["people_person", "people_nobody", 'people_person"; DROP', "security_seal"])
def test_a_clock_never_stops_without_the_row_that_stopped_it(
    named: str, the: Cast, open_clock: Clock
) -> None:
    """No such row, one that cannot be seen, no such table and one closed to whoever writes are refused alike."""
    unseen = {
        "state": "met", **STOPPED, "finished_table": named, "finished_id": the.people.tom.pk
    }  # fmt: skip
    with pytest.raises(ProgrammingError, match="stops with the row that stopped it"):
        changed(open_clock, the.amara, **unseen)


def test_nobody_names_other_people_or_another_matter_or_says_that_no_reason_is_owed(
    the: Cast, open_clock: Clock
) -> None:
    for value in (
        {"people": []},
        {"matter_id": the.people.tom.pk},
        {"code": "other"},
        {"reason_owed": False},
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            changed(open_clock, the.amara, **value)


def test_no_former_date_is_written_or_changed_by_hand(the: Cast, open_clock: Clock) -> None:
    changed(open_clock, the.amara, due_at=DUE + MORE, reckoned_at=timezone.now())
    (was,) = former(open_clock, the.amara)  # kept by the database, though nobody reckoned
    assert was.due_at == DUE
    for act in (lambda: was.save(update_fields=["due_at"]), lambda: Former.objects.create(clock=open_clock)):
        with pytest.raises(DatabaseError), acting(actor=the.amara.pk, purpose=PURPOSE):
            act()


# Being late


@pytest.fixture
def late_clock(the: Cast, example: Example) -> Clock:
    example.happens(CONTACT_RECEIVED, CAME)
    example.happens(CONTACT_SCREENED, DUE + MORE)
    reckon(example, the.amara)
    return kept(example, the.amara)


def test_what_is_done_late_is_done_and_owes_a_reason_until_somebody_gives_it(
    the: Cast, example: Example, late_clock: Clock
) -> None:
    """The act is never refused: what a child needs is not kept waiting for words about lateness."""
    assert (late_clock.state, late_clock.reason_owed) == ("met-late", True)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert [each.id for each in queries.owed(at=timezone.now())] == [late_clock.pk]
    reason(late_clock, the.amara)
    assert kept(example, the.amara).reason_owed is False
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert queries.owed(at=timezone.now()) == []
        (given,) = queries.reasons(late_clock.pk)
    assert (given.reason, given.words, given.by) == ("It was overlooked", "Nobody looked.", "Amara Lewis")


def test_a_reason_given_while_it_is_late_is_not_asked_for_again(the: Cast, example: Example) -> None:
    example.happens(CONTACT_RECEIVED, CAME)
    reckon(example, the.amara)
    reason(kept(example, the.amara), the.amara)
    example.happens(CONTACT_SCREENED, timezone.now())
    reckon(example, the.amara)
    clock = kept(example, the.amara)
    assert (clock.state, clock.reason_owed) == ("met-late", False)


def test_what_turns_out_to_have_been_in_time_owes_nothing(
    the: Cast, example: Example, late_clock: Clock
) -> None:
    example.happens(CONTACT_SCREENED, DUE, corrects="event-1")
    reckon(example, the.amara)
    clock = kept(example, the.amara)
    assert (clock.state, clock.reason_owed) == ("met", False)


@pytest.mark.parametrize(
    "changes, refusal",
    [({"reason": "busy"}, "reason_is_known"), ({"words": " "}, "says_why")],
)
def test_a_reason_is_one_of_those_declared_and_in_words(
    changes: dict[str, str], refusal: str, the: Cast, late_clock: Clock
) -> None:
    with pytest.raises(IntegrityError, match=refusal):
        reason(late_clock, the.amara, **changes)


def test_nobody_gives_a_reason_for_what_is_not_late_or_is_not_theirs(
    the: Cast, example: Example, late_clock: Clock
) -> None:
    answers = set()
    in_time = Example(row=the.people.mia.pk, people=example.people)
    in_time.happens(CONTACT_RECEIVED, timezone.now())
    with running(CONTACT_SCREENING, on=[in_time]):
        reckon(in_time, the.amara)
    running_clock = kept(in_time, the.amara)
    for clock, who in ((running_clock, the.amara), (late_clock, the.bashir), (Clock(), the.amara)):
        with pytest.raises(ProgrammingError, match="not late") as refused:
            reason(clock, who)
        answers.add(str(refused.value).partition("\n")[0])
    assert len(answers) == 1


def test_a_reason_is_a_named_workers_own_and_is_kept(the: Cast, late_clock: Clock) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=the.amara.pk, purpose=PURPOSE),
    ):
        actions.give_reason(clock=late_clock.pk, reason="other", words="x", by=the.carys, at=timezone.now())
    keeper = actions.keeper()
    with pytest.raises(IntegrityError, match="named person"), acting(actor=keeper.pk, purpose="safeguarding"):
        actions.give_reason(clock=late_clock.pk, reason="other", words="x", by=keeper, at=timezone.now())
    given = reason(late_clock, the.amara)
    with pytest.raises(ProgrammingError), acting(actor=the.amara.pk, purpose=PURPOSE):
        Breach.objects.filter(pk=given.pk).update(words="Nothing happened")


# Who sees a clock


def sees(who: Actor, clock: Clock, purpose: str = PURPOSE) -> bool:
    with acting(actor=who.pk, purpose=purpose):
        return Clock.objects.filter(pk=clock.pk).exists()


def test_the_clock_of_a_childs_matter_is_seen_by_those_who_see_the_record(
    the: Cast, open_clock: Clock
) -> None:
    assert [sees(who, open_clock) for who in (the.amara, the.carys, the.esme, the.femi)] == [True] * 4
    assert [sees(who, open_clock) for who in (the.bashir, the.dilys, the.gwen, the.noel)] == [False] * 4


def test_a_conflict_of_interest_and_a_closed_record_hide_it(the: Cast) -> None:
    about_jay = Example(row=the.people.jay.pk, people=(the.people.jay.pk,))
    about_rhea = Example(row=the.people.rhea.pk, people=(the.people.rhea.pk,))
    for example in (about_jay, about_rhea):
        example.happens(CONTACT_RECEIVED, CAME)
    with running(CONTACT_SCREENING, on=[about_jay, about_rhea]):
        reckon(about_jay, the.amara)
        reckon(about_rhea, the.carys)
    assert not sees(the.esme, kept(about_jay, the.amara))
    assert not sees(the.esme, kept(about_rhea, the.carys))
    assert sees(the.carys, kept(about_rhea, the.carys))


def test_nobody_begins_a_clock_about_somebody_they_cannot_see(the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.tom.pk,))
    example.happens(CONTACT_RECEIVED, CAME)
    with running(CONTACT_SCREENING, on=[example]), pytest.raises(ProgrammingError, match="row-level"):
        reckon(example, the.amara)


def test_history_and_reasons_are_seen_with_their_clock(
    the: Cast, example: Example, late_clock: Clock
) -> None:
    reason(late_clock, the.amara)
    example.happens(CONTACT_RECEIVED, CAME - MORE, corrects="event-0")
    reckon(example, the.amara)
    assert len(former(late_clock, the.carys)) == 1
    assert former(late_clock, the.bashir) == []
    with acting(actor=the.bashir.pk, purpose=PURPOSE):
        assert not Breach.objects.exists()
        with pytest.raises(NotFound):
            queries.clock(late_clock.pk, at=timezone.now())


# The front door


def of(contact: Any, who: Actor, purpose: str = PURPOSE) -> dict[str, Any]:
    with acting(actor=who.pk, purpose=purpose):
        found = queries.of_matters(CONTACT, [contact.pk], at=timezone.now())
    return found.get(contact.pk, {})


def test_a_contact_by_the_website_starts_its_clock_which_the_website_does_not_see(the: Cast) -> None:
    contact = came_in(Telling(kind="help", teller="child", words="I am scared"))
    assert of(contact, the.dilys)[SCREENING].is_open
    assert of(contact, website(), "safeguarding") == {}


def test_a_contacts_clock_is_seen_as_the_contact_is(the: Cast) -> None:
    contact = taken(the.bashir, about=(Named(given="Jay", family="Ashdown"),))
    assert [bool(of(contact, who)) for who in (the.bashir, the.dilys, the.esme)] == [True] * 3
    assert not of(contact, the.amara)
    matched(contact, the, by=the.dilys, person=the.people.jay)
    assert [bool(of(contact, who)) for who in (the.bashir, the.dilys, the.amara)] == [True] * 3
    assert not of(contact, the.esme)  # a conflict of interest


def test_a_contact_about_a_closed_record_hides_its_clock_too(the: Cast) -> None:
    contact = taken(the.carys, about=(Named(given="Rhea", family="Stone"),))
    matched(contact, the, by=the.carys, person=the.people.rhea)
    assert of(contact, the.carys)
    assert not of(contact, the.dilys)
    assert not of(contact, the.esme)
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        intake.decide(
            contact=contact, outcome="referral", seen="All", reason="Risk", by=the.carys, at=timezone.now()
        )
    assert of(contact, the.carys)[SCREENING].state == "met"


def test_the_decision_stops_screening_and_what_the_referrer_was_told_stops_the_reply(the: Cast) -> None:
    contact = taken(the.dilys)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        decision = intake.decide(
            contact=contact, outcome="referral", seen="All", reason="Need", by=the.dilys, at=timezone.now()
        )
        feedback = intake.tell(
            contact=contact, how="email", words="Thank you", by=the.dilys, at=timezone.now()
        )
        rows = dict(Clock.objects.filter(matter_id=contact.pk).values_list("finished_table", "finished_id"))
    assert rows == {"intake_decision": decision.pk, "intake_feedback": feedback.pk}


def test_a_referrer_who_cannot_be_told_leaves_the_reply_stopped_and_not_done(the: Cast) -> None:
    contact = taken(the.dilys)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        intake.decide(
            contact=contact, outcome="referral", seen="All", reason="Need", by=the.dilys, at=timezone.now()
        )
        intake.tell(
            contact=contact, how="not-told", why_not="No name was given", by=the.dilys, at=timezone.now()
        )
    assert of(contact, the.dilys)[REFERRER_REPLY.code].state == "stopped"


# Telling a person that information about them came from another (UK GDPR, Article 14)


@pytest.mark.parametrize(
    "happens, state", [(PRIVACY_INFORMATION_GIVEN, "met"), (PRIVACY_EXEMPTION_RECORDED, "stopped")]
)
def test_a_person_is_told_within_a_month_or_an_exemption_is_recorded(
    happens: Any, state: str, the: Cast
) -> None:
    dawn = Example(row=the.people.dawn.pk, people=(the.people.mia.pk,))
    dawn.happens(INFORMATION_OBTAINED, at("2026-06-01 09:00"))
    with running(PRIVACY_INFORMATION, on=[dawn]):
        reckon(dawn, the.amara)
        assert kept(dawn, the.amara).due_at == at("2026-07-01 22:59:59.999999")
        dawn.happens(happens, at("2026-06-20 09:00"))
        reckon(dawn, the.amara)
    assert kept(dawn, the.amara).state == state


# Two at once


def test_two_who_reckon_one_matter_at_once_do_so_one_after_the_other(the: Cast) -> None:
    """Each reads the events after the other's are there, so that neither leaves the other's out."""
    example = Example(row=the.people.mia.pk)
    example.happens(CONTACT_RECEIVED, CAME)
    order: list[str] = []
    may_end = threading.Event()

    def act(name: str) -> None:
        with acting(actor=the.femi.pk, purpose=PURPOSE):
            actions.reckon(table=TABLE, row=example.id, by=the.femi, at=timezone.now())
            order.append(name)
            assert may_end.wait(30)
        connections.close_all()

    def begun(name: str) -> threading.Thread:
        thread = threading.Thread(target=act, args=[name])
        thread.start()
        until(lambda: name in order or somebody_waits())
        return thread

    with running(CONTACT_SCREENING, on=[example], seen_with="govern-notice", own_seen_with="import"):
        threads = [begun("first"), begun("second")]
        order.append("the first may end")
        may_end.set()
        for thread in threads:
            thread.join(30)
        example.happens(CONTACT_SCREENED, CAME)  # what is committed is left stopped, for whoever tests next
        begun("third").join(30)
    assert order == ["first", "the first may end", "second", "third"]


def somebody_waits() -> bool:
    """Whether somebody waits for a matter that another reckons."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])


def until(so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if so():
            return
        threading.Event().wait(0.01)
    pytest.fail("Nobody reckoned, and nobody waited.")


def test_every_context_that_runs_clocks_is_found() -> None:
    assert CONTACT in gathered()
