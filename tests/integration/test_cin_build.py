"""Building a census: what the rules of a year select, as things stood on its last day, and what may be
read.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.cin_stage import a_stage, as_returns, bring_in, built, cin_examples
from wenlock.base.constraints import RETURNS
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.models import Disability
from wenlock.practice.child_in_need import actions as need
from wenlock.practice.child_in_need.models import Episode
from wenlock.practice.protection import actions as protection
from wenlock.returns.cin import building, releasing
from wenlock.returns.cin.census import Census, Child
from wenlock.returns.cin.definition import columns_read, fields
from wenlock.returns.cin.releasing import PlaceTaken, release_census
from wenlock.security.context import acting
from wenlock.sharing.actions import SharingRefused
from wenlock.sharing.models import Disclosure, Outgoing

__all__ = ["a_stage"]
WHEN = timezone.now()  # the notice is in force from the day of the run


def day(text: str) -> date:
    return date.fromisoformat(text)


class Recording:
    """A child recorded by a worker, as practice records: the census of a year is derived from it."""

    def __init__(self, the: Cast) -> None:
        self.the, self.at = the, timezone.now()
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=self.at)
        self.row = {"by": the.esme.pk, "at": self.at, "provenance": provenance.pk}
        self.fact = {"by": the.esme, "at": self.at, "provenance": provenance}
        self.child = people.record_person(
            given="Una", family="Reed", born_on=day("2014-02-15"), sex="F", **self.fact
        )
        people.identify(person=self.child, scheme="LA-child-id", value="WEN77", **self.fact)

    def episode(self, referred: str, *, closed: str = "", **more: object) -> Episode:
        episode = need.record_referral(
            person=self.child.pk,
            referred_on=day(referred),
            source="6",
            need="N1",
            **self.row,
            **more,  # type: ignore[arg-type]
        )
        return need.close_episode(episode=episode, closed_on=day(closed), reason="RC7") if closed else episode


def una(census: Census) -> Child | None:
    return next((child for child in census.children if child.child_id == "WEN77"), None)


@pytest.mark.parametrize(
    "referred, closed, years",
    [
        ("2025-04-01", "", {2026, 2027}),
        ("2025-03-31", "", {2025, 2026, 2027}),
        ("2025-09-01", "2026-03-31", {2026}),
        ("2025-09-01", "2026-04-01", {2026, 2027}),
        ("2024-05-01", "2025-04-01", {2025, 2026}),
        ("2024-05-01", "2025-03-31", {2025}),
        ("2026-04-01", "", {2027}),
    ],
)
def test_an_episode_is_of_every_year_it_was_open_in(
    stage: Cast, tmp_path: Path, referred: str, closed: str, years: set[int]
) -> None:
    with acting(actor=stage.esme.pk, purpose=PURPOSE):
        Recording(stage).episode(referred, closed=closed)
    assert {year for year in range(2024, 2028) if una(built(year, stage.femi, tmp_path)[1])} == years


def test_a_referral_that_led_nowhere_is_of_the_year_it_was_made_in(stage: Cast, tmp_path: Path) -> None:
    with acting(actor=stage.esme.pk, purpose=PURPOSE):
        Recording(stage).episode("2025-04-01", no_further_action=True)
    assert {year for year in range(2025, 2028) if una(built(year, stage.femi, tmp_path)[1])} == {2026}


def test_what_was_still_to_come_on_the_last_day_is_not_told(stage: Cast, tmp_path: Path) -> None:
    with acting(actor=stage.esme.pk, purpose=PURPOSE):
        recording = Recording(stage)
        episode = recording.episode("2026-01-05")
        need.record_assessment(
            episode=episode,
            began_on=day("2026-02-02"),
            authorised_on=day("2026-04-09"),
            factors=["4B"],
            **recording.row,
        )
        need.record_plan(
            episode=episode, began_on=day("2026-03-01"), ended_on=day("2026-05-01"), **recording.row
        )
        need.close_episode(episode=episode, closed_on=day("2026-05-01"), reason="RC7")
    found = una(built(2026, stage.femi, tmp_path)[1])
    assert found
    (told,) = found.episodes
    assert (told.closed_on, told.closure_reason, told.plans[0].ended_on) == (None, None, None)
    assert (told.assessments[0].authorised_on, told.assessments[0].factors) == (None, None)
    later = una(built(2027, stage.femi, tmp_path)[1])
    assert later
    assert (later.episodes[0].closure_reason, later.episodes[0].assessments[0].factors) == ("RC7", ("4B",))


def test_protection_recorded_here_is_sent_with_its_latest_category_and_reviews(
    stage: Cast, tmp_path: Path
) -> None:
    with acting(actor=stage.esme.pk, purpose=PURPOSE):
        recording = Recording(stage)
        episode = recording.episode("2025-09-01")
        discussion = protection.record_strategy_discussion(
            person=recording.child.pk,
            episode=episode.pk,
            held_on=day("2025-10-20"),
            agencies=["police"],
            **recording.row,
        )
        enquiry = protection.record_enquiry(discussion=discussion, **recording.row)
        conference = protection.record_initial_conference(
            person=recording.child.pk,
            episode=episode.pk,
            held_on=day("2025-11-06"),
            enquiry=enquiry,
            **recording.row,
        )
        plan = protection.record_protection_plan(
            conference=conference, category="NEG", previous_plans=0, **recording.row
        )
        for held in ("2026-01-29", "2026-06-29"):
            protection.record_review(plan=plan, held_on=day(held), continues=True, **recording.row)
        people.record(
            Disability, person=recording.child, code="LD", until_on=day("2025-03-31"), **recording.fact
        )
        people.record(Disability, person=recording.child, code="AUT", **recording.fact)
    made, census = built(2026, stage.femi, tmp_path)
    found = una(census)
    assert found
    (told,) = found.episodes
    assert told.conference_on is None  # it stands with its enquiry
    assert (told.enquiries[0].conference_on, told.enquiries[0].conference_not_required) == (
        day("2025-11-06"),
        False,
    )
    (sent,) = told.protection_plans
    assert (sent.initial_category, sent.latest_category, sent.previous_plans) == ("NEG", "NEG", 0)
    assert sent.reviewed_on == (day("2026-01-29"),)
    assert found.disabilities == ("AUT",)
    assert made.out_of_rule == ()


def test_a_year_built_again_after_the_next_years_file_is_as_it_was(stage: Cast, tmp_path: Path) -> None:
    def told(year: int, closed: str) -> bytes:
        closing = (
            f"<CINclosureDate>{closed}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
            if closed
            else ""
        )
        head = cin_examples.header(year)
        return cin_examples.message(
            cin_examples.child("WEN77", episodes=cin_examples.episode(closing)), head=head
        )

    bring_in(told(2026, ""), stage.femi)
    before = built(2026, stage.femi, tmp_path)[1]
    bring_in(told(2027, "2026-07-01"), stage.femi)
    assert built(2026, stage.femi, tmp_path)[1].children == before.children
    after = una(built(2027, stage.femi, tmp_path)[1])
    assert after
    assert after.episodes[0].closed_on == day("2026-07-01")


def test_the_returns_role_reads_what_the_return_is_made_from_and_nothing_else(the: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(a.attname::text) "
            "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 "
            "AND NOT a.attisdropped AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT') GROUP BY 1",
            [RETURNS],
        )
        may_read = {table: frozenset(columns) for table, columns in cursor.fetchall()}
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'p') "
            "AND (has_any_column_privilege(%s, c.oid, 'INSERT, UPDATE') "
            "OR has_table_privilege(%s, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))",
            [RETURNS, RETURNS],
        )
        may_write = cursor.fetchone()[0]
    assert may_read == columns_read()
    assert may_write == 0


def test_the_returns_role_signs_in_by_itself_and_reads_one_moment(stage: Cast) -> None:
    with releasing.as_returns(stage.femi) as returns, returns.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, current_setting('transaction_isolation'), "
            "current_setting('transaction_read_only'), guard.purpose()"
        )
        assert cursor.fetchone() == (RETURNS, "repeatable read", "on", releasing.PURPOSE)
        cursor.execute("SELECT count(id) FROM people_person WHERE id = %s", [stage.people.rhea.pk])
        assert cursor.fetchone() == (1,)  # restricted to others in the record, and counted in a return
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("SELECT given FROM people_name")


def test_names_and_addresses_cannot_be_read_for_a_return(stage: Cast) -> None:
    for table in ("people_name", "people_address", "people_contactpoint", "case_note", "people_relationship"):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), as_returns(stage.femi), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")


def test_only_the_numbers_a_census_asks_for_can_be_read_for_a_return(stage: Cast) -> None:
    with acting(actor=stage.femi.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=stage.femi, at=WHEN)
        for scheme, value in (("NHS", "4010232137"), ("UPN", "A801202003019")):
            people.identify(
                person=stage.people.mia,
                scheme=scheme,
                value=value,
                by=stage.femi,
                at=WHEN,
                provenance=provenance,
            )
    with as_returns(stage.femi), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT scheme FROM people_identifier WHERE person_id = %s", [stage.people.mia.pk]
        )
        read = {row[0] for row in cursor.fetchall()}
    assert "UPN" in read
    assert read <= {"LA-child-id", "UPN", "former-UPN"}


def test_for_another_purpose_the_returns_role_sees_nobody(stage: Cast) -> None:
    with acting(actor=stage.femi.pk, purpose=PURPOSE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE wenlock_returns")
        cursor.execute("SELECT count(id) FROM people_person")
        assert cursor.fetchone() == (0,)
        cursor.execute("SET LOCAL ROLE wenlock_app")


def test_the_door_knows_the_return_as_it_is_declared(the: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT field, category FROM sharing_definition WHERE code = 'cin'")
        assert dict(cursor.fetchall()) == fields()
    assert len(fields()) == 44
    assert fields()["Child/ChildCharacteristics/Ethnicity"] == "ethnicity"
    assert not any("PreProceedings" in path for path in fields())


def released(stage: Cast, out: Path, year: int = 2026) -> releasing.Release:
    return release_census(year=year, out=out, by=stage.femi, at=WHEN, reading=as_returns)  # type: ignore[arg-type]


def test_a_release_is_in_the_ledger_before_the_file_is_in_its_place(
    stage: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(cin_examples.full(), stage.femi)
    seen: list[tuple[int, bool, bool]] = []

    def put(made: Path, out: Path) -> None:
        with acting(actor=stage.femi.pk, purpose=releasing.PURPOSE):
            seen.append((Disclosure.objects.count(), out.exists(), Outgoing.objects.get().left_at is None))
        os.link(made, out)

    monkeypatch.setattr(releasing, "_put", put)
    release = released(stage, tmp_path / "cin.xml")
    assert seen == [(1, False, True)]
    entry = release.entry
    assert (entry.reference, entry.recipient, entry.approved_by) == (
        "CIN 2026/001", "Department for Education", "Femi Adeyemi",
    )  # fmt: skip
    assert entry.left_at is not None
    assert entry.sha256 == building.hash_of(release.where)
    assert set(entry.fields) == building.elements_of(release.where)
    assert set(entry.fields) <= set(fields())
    assert release.where.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["cin.xml"]


def test_each_release_of_a_year_has_the_next_serial_number(stage: Cast, tmp_path: Path) -> None:
    first, second = released(stage, tmp_path / "one.xml"), released(stage, tmp_path / "two.xml")
    other = released(stage, tmp_path / "three.xml", 2025)
    assert [each.entry.reference for each in (first, second, other)] == [
        "CIN 2026/001",
        "CIN 2026/002",
        "CIN 2025/001",
    ]
    assert b"<SerialNo>002</SerialNo>" in second.where.read_bytes()
    assert b"<LEA>893</LEA>" in second.where.read_bytes()


def test_refused_by_the_door_there_is_no_file(stage: Cast, tmp_path: Path) -> None:
    with pytest.raises(SharingRefused) as refused:
        release_census(
            year=2026,
            out=tmp_path / "cin.xml",
            by=stage.amara,
            at=WHEN,
            reading=as_returns,  # type: ignore[arg-type]
        )
    assert refused.value.code == "disclosure_by_an_approver"
    assert list(tmp_path.iterdir()) == []


def test_a_field_more_than_the_definition_is_refused_by_the_door(
    stage: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "elements_of", lambda path: {"Child/ChildIdentifiers/Surname"})
    with pytest.raises(SharingRefused) as refused:
        released(stage, tmp_path / "cin.xml")
    assert refused.value.code == "disclosure_within_its_fields"
    assert list(tmp_path.iterdir()) == []


def test_a_file_already_there_is_left_as_it_is(stage: Cast, tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text("mine")
    with pytest.raises(PlaceTaken):
        released(stage, tmp_path / "cin.xml")
    assert (tmp_path / "cin.xml").read_text() == "mine"
    assert list(tmp_path.iterdir()) == [tmp_path / "cin.xml"]
