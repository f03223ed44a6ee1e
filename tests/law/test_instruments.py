"""Provisions are found by number, cited as lawyers cite them, and know the days they are law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlock.law import catalogue
from wenlock.law.care_regulations import CARE_PLANNING_2010
from wenlock.law.children_act_1989 import CA1989
from wenlock.law.children_act_2004 import CA2004
from wenlock.law.data_protection import DPA2018, UKGDPR
from wenlock.law.instruments import MARKS, Instrument, NoSuchProvision, duty

PROVISIONS = [p for i in catalogue.INSTRUMENTS for p in i.provisions]


def test_a_section_is_found_and_cited() -> None:
    section = CA1989.section("17")
    assert (section.reference, str(section)) == ("CA1989 s.17", "Children Act 1989, s. 17")
    assert section.link == "https://www.legislation.gov.uk/ukpga/1989/41/section/17"
    assert section.gives == "duty"


def test_a_subsection_is_found_within_its_section() -> None:
    assert CA1989.section("17(10)").reference == "CA1989 s.17(10)"
    assert str(CARE_PLANNING_2010.reg("33(1)")).endswith("Regulations 2010, reg. 33(1)")


def test_a_pinpoint_listed_by_itself_is_that_provision() -> None:
    point = UKGDPR.article("9(2)(g)")
    assert (point.pinpoint, point.link[-10:]) == ("", "/article/9")


def test_a_paragraph_of_a_schedule_is_found() -> None:
    assert DPA2018.schedule("1", paragraph="18").reference == "DPA2018 Sch.1 para.18"
    assert DPA2018.schedule("4").link.endswith("/schedule/4")
    assert CA1989.schedule("2", paragraph="4").link.endswith("/schedule/2/paragraph/4")


@pytest.mark.parametrize(
    "reference, near", [("CA1989 s.4777", "CA1989 s.47"), ("CA1998 s.17", "CA1989"), ("CA1989", "")]
)
def test_what_is_not_in_the_catalogue_is_refused_with_what_is_near(reference: str, near: str) -> None:
    with pytest.raises(NoSuchProvision) as error:
        catalogue.find(reference)
    assert not near or near in error.value.near


@pytest.mark.parametrize(
    "day, law",
    [
        (date(2011, 3, 31), True),
        (date(2011, 4, 1), False),
        (date(1991, 10, 13), False),
        (date(1991, 10, 14), True),
    ],
)
def test_a_replaced_section_is_law_until_the_day_it_is_replaced(day: date, law: bool) -> None:
    assert CA1989.section("23").in_force(day) is law


@given(st.dates())
def test_a_section_not_commenced_is_law_on_no_day(day: date) -> None:
    assert not CA2004.section("16LA").in_force(day)


@pytest.mark.parametrize("day, old, new", [(date(2026, 2, 4), True, False), (date(2026, 2, 5), False, True)])
def test_the_articles_on_automated_decisions_change_hands_in_a_day(day: date, old: bool, new: bool) -> None:
    assert UKGDPR.article("22").in_force(day) is old
    assert UKGDPR.article("22C").in_force(day) is new


def test_the_duty_to_handle_complaints_begins_in_june_2026() -> None:
    begins = date(2026, 6, 19)
    assert DPA2018.section("164A").in_force(begins)
    assert not DPA2018.section("164A").in_force(begins - timedelta(days=1))


def test_every_provision_is_found_again_by_its_reference() -> None:
    assert all(catalogue.find(p.reference) == p for p in PROVISIONS)


def test_every_provision_is_whole() -> None:
    for provision in PROVISIONS:
        assert provision.says.endswith("."), provision.reference
        assert provision.mark in MARKS
        assert provision.link.startswith(
            ("https://www.legislation.gov.uk/", "https://www.gov.uk/government/")
        )
        if provision.in_force_until:
            assert provision.in_force_from and provision.in_force_from < provision.in_force_until


def test_no_two_instruments_share_a_code() -> None:
    codes = [i.code for i in catalogue.INSTRUMENTS]
    assert len(set(codes)) == len(codes)


def test_an_instrument_cannot_list_a_provision_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Instrument(code="X", title="X", citation="X", link="x", provisions=(duty("s.1", "A.", None),) * 2)
