"""A notice that compiles still says where it rots, and says nothing when it does not."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from compiler_examples import added, changed, compiled, copied, line_of

from wenlock.notice.compiler import Warn


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented council's folder with its terms of keeping, which warns of nothing."""
    made = copied(tmp_path)
    (made / "retention.toml").write_text("[term.childs-record]\n", encoding="utf-8")
    return made


def warned(folder: Path, code: str, *, on: date = date(2026, 11, 22)) -> list[Warn]:
    return [w for w in compiled(folder, on=on).warnings if w.code == code]


def test_a_notice_in_good_order_warns_of_nothing(folder: Path) -> None:
    assert [str(w) for w in compiled(folder).warnings] == []


class Rot(NamedTuple):
    """One change of words or dates, and the one warning it must cause, on the line that holds `line`."""

    called: str
    old: str
    new: str
    code: str
    line: str
    after: str = ""


ROT = [
    Rot(
        "research statements disagree",
        'statement = "N46"\nwidth = "pseudonymised"',
        'statement = "N46"\nwidth = "any"',
        "research-width",
        "[statement.N46]",
    ),
    Rot(
        "an open class by its kind",
        'kind = "voluntary"',
        'kind = "open-class"',
        "open-class",
        "[recipient.voluntary-agencies]",
    ),
    Rot(
        "an open class by its words",
        'says = "Charities that help for us"',
        'says = "Other charities"',
        "open-class",
        "[recipient.voluntary-agencies]",
    ),
    Rot(
        "a contact past its review",
        "review_on = 2030-06-01",
        "review_on = 2026-11-22",
        "contact-stale",
        "2026-11-22",
    ),
    Rot(
        "a contact no longer in use",
        "review_on = 2030-06-01",
        "review_on = 2030-06-01\nuntil = 2026-01-01",
        "contact-stale",
        "review_on = 2030-06-01",
    ),
    Rot(
        "a heading about IP",
        'heading = "Cookies"',
        'heading = "Cookies & VPN use"',
        "heading-without-words",
        "[section.cookies]",
    ),
    Rot(
        "a duty put on the child",
        "we will check with a parent.",
        "please get your parent's permission.",
        "duty-on-child",
        "[statement.N86]",
        "",
    ),
    Rot("brackets that do not pair", "01632 960101", "01632 960101 {local rate)", "brackets", "{local rate)"),
    Rot(
        "a bracket left open",
        "Telephone 01632 960101",
        "Telephone (01632 960101",
        "brackets",
        "(01632 960101",
    ),
    Rot(
        "a period no longer named",
        "A child's record is kept until their 75th birthday if they were in care, and "
        "otherwise for 35 years.",
        "Records are kept by our schedule.",
        "only-a-pointer",
        "retention-period",
    ),
    Rot(
        "something not told",
        'transfers-abroad = ["N48"]',
        "transfers-abroad = []",
        "not-told-transfers-abroad",
        "transfers-abroad",
    ),
    Rot(
        "something told by what does not apply",
        'withdraw-consent = ["N36"]',
        'withdraw-consent = ["N32"]',
        "not-told-withdraw-consent",
        "withdraw-consent",
    ),
    Rot(
        "an empty link in the words",
        "[their guide](https://www.gov.uk/guidance/children-in-need-census)",
        "[their guide](#)",
        "empty-link",
        "[their guide](#)",
    ),
    Rot(
        "a programme ended and still named",
        'name = "Special educational needs"\n',
        'name = "Special educational needs"\nuntil = 2026-01-01\n',
        "programme-ended",
        "until = 2026-01-01",
    ),
]


@pytest.mark.parametrize("rot", ROT, ids=[r.called.replace(" ", "-") for r in ROT])
def test_each_kind_of_rot_is_warned_of_once_on_its_line(rot: Rot, folder: Path) -> None:
    changed(folder, rot.old, rot.new)
    (warning,) = compiled(folder).warnings
    assert warning.code == rot.code
    line = "says" if rot.line == "[statement.N86]" else rot.line
    assert warning.place.line == line_of(folder, line, after=rot.after or rot.line)


def test_a_right_to_contest_automated_decisions_beside_none_is_warned_of(folder: Path) -> None:
    changed(
        folder,
        'not_here = "No decision is automated, so there is none to challenge (N85)."',
        'says = "To challenge one."',
    )
    added(folder, '[right.automated]\nname = "Challenge"\nstatements = ["N76"]\nlaw = "UKGDPR art.22C"')
    (warning,) = warned(folder, "automated-decisions")
    assert "Give it an answer" in warning.do
    added(folder, 'answer = "None was, and you may still ask a person to look again."')
    (warning,) = warned(folder, "automated-decisions")
    assert "as its answer does" in warning.do


def test_district_councils_are_questioned_only_where_there_are_none(folder: Path) -> None:
    assert warned(folder, "no-districts") == []
    changed(folder, 'tier = "county"', 'tier = "unitary"', file="authority.toml")
    assert [w.about for w in warned(folder, "no-districts")] == ["recipient.district-councils"]


def test_an_open_class_that_names_its_bodies_is_left_alone(folder: Path) -> None:
    changed(folder, 'kind = "voluntary"', 'kind = "open-class"\nbodies = ["Marchford Young Carers"]')
    assert warned(folder, "open-class") == []


def test_a_programme_is_warned_of_from_the_day_it_ends(folder: Path) -> None:
    changed(
        folder,
        'name = "Special educational needs"\n',
        'name = "Special educational needs"\nuntil = 2027-01-01\n',
    )
    assert warned(folder, "programme-ended", on=date(2026, 12, 31)) == []
    assert len(warned(folder, "programme-ended", on=date(2027, 1, 1))) == 1


def test_the_way_to_complain_is_asked_for_only_since_the_law_asks_it(folder: Path) -> None:
    changed(folder, 'complaint-to-council = ["N91"]', "complaint-to-council = []")
    assert warned(folder, "not-told-complaint-to-council", on=date(2026, 6, 18)) == []
    assert len(warned(folder, "not-told-complaint-to-council", on=date(2026, 6, 19))) == 1


def test_terms_of_keeping_left_unchecked_are_warned_of(folder: Path) -> None:
    (folder / "retention.toml").unlink()
    assert [w.code for w in compiled(folder).warnings] == ["terms-unchecked"]
