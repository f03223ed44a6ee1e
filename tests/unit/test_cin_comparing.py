"""Two censuses compared: no difference is missed, and none is made up."""

import io
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import pytest
from cin_examples import CENSUSES, full
from hypothesis import HealthCheck, given, settings

from wenlock.returns.cin.census import Census, Child, Episode, Header, PreProceedings
from wenlock.returns.cin.comparing import Difference, differences
from wenlock.returns.cin.reading import read_whole

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rich() -> Child:
    """A child with a value in every field of every record."""
    first = read_whole(io.BytesIO(full())).children[0]
    day = date(2026, 5, 1)
    proceedings = PreProceedings(day, day, True, False, day, 2, day, "A", day, day)
    return replace(first, episodes=(replace(first.episodes[0], pre_proceedings=(proceedings,)),))


def changed_somewhere(record):
    """Every version of the record that differs in one value, at any depth, with the name of the field."""
    for field in fields(record):
        held = getattr(record, field.name)
        if field.name in ("line", "sex_as_written", "child_id"):
            continue
        if isinstance(held, tuple) and held and is_dataclass(held[0]):
            yield field.name, replace(record, **{field.name: held[:-1]})
            for name, inner in changed_somewhere(held[0]):
                yield name, replace(record, **{field.name: (inner, *held[1:])})
        else:
            yield field.name, replace(record, **{field.name: other_than(held)})


def other_than(held):
    """Another value of the same type."""
    if isinstance(held, tuple):
        return held[:-1]
    return not held if isinstance(held, bool) else None


@SLOW
@given(CENSUSES)
def test_a_census_does_not_differ_from_itself(census):
    assert differences(census, census) == []


@SLOW
@given(CENSUSES, CENSUSES)
def test_censuses_without_a_difference_hold_the_same_children(a, b):
    if differences(a, b) == []:
        assert sorted_by_id(a) == sorted_by_id(b)


def sorted_by_id(census):
    """The children in the order of their numbers, without sex, of which there are retired spellings."""
    children = sorted(census.children, key=lambda child: (child.child_id is not None, child.child_id or ""))
    return [replace(child, sex=None) for child in children]


@pytest.mark.parametrize(("name", "other"), list(changed_somewhere(rich())))
def test_a_change_of_any_one_value_is_found(name, other):
    assert len(differences([rich()], [other])) == 1, name


def test_every_field_of_every_record_was_tried():
    assert len(list(changed_somewhere(rich()))) > 45


def test_a_difference_names_the_child_the_place_and_both_values():
    child = rich()
    (enquiry,) = child.episodes[0].enquiries
    other = replace(child.episodes[0], enquiries=(replace(enquiry, conference_on=None),))
    (found,) = differences([child], [replace(child, episodes=(other,))])
    path = "Child/CINdetails[1]/Section47[1]/DateOfInitialCPC"
    assert found == Difference("WEN0001", path, date(2025, 11, 6), None)


def test_the_order_of_children_does_not_count():
    a, b = Child("A", ethnicity="WBRI"), Child("B", ethnicity="WIRI")
    assert differences([a, b], [b, a]) == []


def test_children_who_share_a_number_are_paired_in_their_order():
    a, b = Child("A", ethnicity="WBRI"), Child("A", ethnicity="WIRI")
    assert differences([a, b], [a, b]) == []
    assert [found.path for found in differences([a, b], [b, a])] == ["Child/Ethnicity"] * 2


def test_a_child_in_one_census_only_is_found_from_either_side():
    child = Child("A")
    assert differences([child], []) == [Difference("A", "Child", child, None)]
    assert differences([], [child]) == [Difference("A", "Child", None, child)]


def test_the_order_of_episodes_counts():
    a, b = Episode(referred_on=date(2025, 1, 1)), Episode(referred_on=date(2026, 1, 1))
    assert len(differences([Child("A", episodes=(a, b))], [Child("A", episodes=(b, a))])) == 2


def test_headers_and_lines_do_not_count():
    one = Census(Header(serial="001", made_at=datetime(2026, 4, 1), line=2), (Child("A", line=5),))
    assert differences(one, Census(Header(serial="002"), (Child("A", line=9),))) == []


@pytest.mark.parametrize(("a", "b"), [("1", "M"), ("2", "F"), ("0", "U"), ("9", "I"), ("I", "U"), ("9", "U")])
def test_retired_spellings_of_sex_do_not_count(a, b):
    assert differences([Child("A", sex=a)], [Child("A", sex=b)]) == []


@pytest.mark.parametrize(("a", "b"), [("M", "F"), ("I", "M"), (None, "U"), ("Z", "U")])
def test_other_changes_of_sex_count(a, b):
    assert [found.path for found in differences([Child("A", sex=a)], [Child("A", sex=b)])] != []
