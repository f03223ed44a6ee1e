"""Every declared clock is whole: it has its law and mark, its versions follow one another, and its words are one."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from clock_examples import happened, kinds_of, read

from wenlock.law import catalogue
from wenlock.law.calendars import CALENDARS, ENGLAND
from wenlock.law.care_regulations import REPRESENTATIONS_2006
from wenlock.law.clock_catalogue import BY_CODE, CLOCKS
from wenlock.law.clocks import MARKS, ClockMisdeclared, EventKind, Extension, Limit, Pause, Rule
from wenlock.law.clocks_rights import SUBJECT_ACCESS
from wenlock.law.terms import calendar_days, hours, months, working_days
from wenlock.web.reference import PAGES, reference

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
RULES = [(clock, rule) for clock in CLOCKS for rule in clock.rules]


def test_no_two_clocks_share_a_code() -> None:
    assert len(BY_CODE) == len(CLOCKS)


def test_a_code_of_an_event_always_means_the_same() -> None:
    said = {kind for clock in CLOCKS for kind in kinds_of(clock)}
    assert [code for code, times in Counter(kind.code for kind in said).items() if times > 1] == []


def test_no_two_settings_share_a_code() -> None:
    codes = [limit.setting.code for _, rule in RULES for limit in rule.limits if limit.setting]
    assert len(set(codes)) == len(codes)


def test_a_declared_term_is_within_what_an_authority_may_set() -> None:
    for _, rule in RULES:
        for limit in rule.limits:
            assert limit.setting is None or limit.setting.allowed(limit.within.number) == limit.within.number


def test_every_rule_has_a_provision_of_the_catalogue_or_is_marked_local() -> None:
    for clock, rule in RULES:
        assert rule.marks and set(rule.marks) <= set(MARKS), clock.code
        assert rule.is_local == ("L" in rule.marks), clock.code
        assert rule.law is None or catalogue.find(rule.law.reference) == rule.law, clock.code


def test_what_the_law_fixes_no_authority_may_set() -> None:
    for clock, rule in RULES:
        assert rule.is_local or not any(limit.setting for limit in rule.limits), clock.code


def test_every_provision_is_in_force_for_as_long_as_the_rule_that_rests_on_it() -> None:
    for clock, rule in RULES:
        last = rule.until - timedelta(days=1) if rule.until else date(2028, 12, 31)
        parts = [*rule.pauses, rule.extension, rule.excuse]
        laws = [rule.law, *(part.law for part in parts if part)]
        for law in filter(None, laws):
            assert law.in_force(rule.since) and law.in_force(last), (clock.code, law.reference)


def test_versions_of_a_rule_follow_one_another_without_overlap_or_gap() -> None:
    for clock in CLOCKS:
        for earlier, later in zip(clock.rules, clock.rules[1:], strict=False):
            assert earlier.until == later.since, clock.code
        assert all(rule.until is None or rule.since < rule.until for rule in clock.rules), clock.code


def test_every_rule_counts_by_a_declared_calendar() -> None:
    assert all(rule.calendar in CALENDARS for _, rule in RULES)


def test_nothing_both_satisfies_a_clock_and_ends_it() -> None:
    for clock in CLOCKS:
        assert clock.starts and clock.satisfied_by, clock.code
        assert not set(clock.satisfied_by) & set(clock.ended_by), clock.code


def test_the_warning_of_a_subject_access_request_comes_before_the_twenty_eighth_day() -> None:
    """The internal target of the table of time limits: at most 28 days, with an alarm the day before."""
    for days in range(366 * 2):
        received = date(2026, 2, 5) + timedelta(days)
        reading = read(SUBJECT_ACCESS, happened(SUBJECT_ACCESS.starts[0], received.isoformat()))
        assert reading.warn_at is not None
        assert (reading.warn_at - received).days <= 27


LAW = REPRESENTATIONS_2006.reg("14")
KIND = EventKind("made.up", "it happened")
PAUSE = Pause(begun_by=KIND, ended_by=KIND, law=LAW, marks=("K",))
EXTENSION = Extension(granted_by=KIND, by=calendar_days(7), law=LAW, marks=("K",))


@pytest.mark.parametrize(
    ("says", "parts"),
    [
        ("whatever the facts", {"limits": ()}),
        ("whatever the facts", {"limits": (Limit(hours(1), (("rating", "red"),)),)}),
        ("nights and weekends", {"limits": (Limit(hours(1)),), "pauses": (PAUSE,)}),
        ("nights and weekends", {"limits": (Limit(hours(1)),), "rolls": True}),
        ("all timed", {"limits": (Limit(months(1), (("a", 1),)), Limit(hours(1)))}),
        ("unit of the term", {"limits": (Limit(working_days(10)),), "extension": EXTENSION}),
        ("warning", {"limits": (Limit(working_days(10)),), "warn": hours(1)}),
        ("warning", {"limits": (Limit(hours(10)),), "warn": calendar_days(1)}),
    ],
)
def test_a_rule_that_contradicts_itself_cannot_be_declared(says: str, parts: dict) -> None:
    with pytest.raises(ClockMisdeclared, match=says):
        Rule(since=date(2020, 1, 1), law=LAW, marks=("K",), calendar=ENGLAND, **parts)


def test_the_reference_pages_are_as_the_declarations_would_write_them() -> None:
    for name, page in PAGES.items():
        assert (REFERENCE / name).read_text(encoding="utf-8") == page(), "Run: wenlock reference"


def test_the_page_names_every_clock_its_events_and_its_law() -> None:
    page = PAGES["clocks.md"]()
    for clock, rule in RULES:
        assert f"`{clock.code}`" in page
        assert rule.law is None or f"[{rule.law}]({rule.law.link})" in page
        assert all(f"`{kind.code}`" in page for kind in kinds_of(clock))


def test_the_command_writes_the_pages_where_it_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(reference, ["--into", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "new" / "clocks.md").read_text(encoding="utf-8") == PAGES["clocks.md"]()
