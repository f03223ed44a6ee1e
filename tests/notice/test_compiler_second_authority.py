"""Another council is a folder of its own, with its own words, purposes, cookies and contacts."""

from compiler_examples import AUTHORITIES, TODAY

from wenlock.notice import reading
from wenlock.notice.compiler import compile_notice
from wenlock.notice.declared import CODES

MARCHFORD = compile_notice(AUTHORITIES / "marchford", on=TODAY).notice
SHROPSHIRE = compile_notice(AUTHORITIES / "shropshire", on=TODAY).notice


def test_another_council_answers_for_the_same_ninety_six_statements() -> None:
    assert {s.code for s in MARCHFORD.statements} == set(CODES)


def test_it_says_why_a_statement_does_not_apply_and_does_not_publish_it() -> None:
    silent = [s for s in MARCHFORD.statements if not s.applies]
    assert len(silent) > 5
    assert all(s.not_here and s.says is None and s.binds == () for s in silent)
    text = reading.as_text(MARCHFORD)
    assert not any(s.not_here in text for s in silent if s.not_here)


def test_nothing_in_it_is_the_first_councils() -> None:
    assert "Shropshire" not in reading.as_text(MARCHFORD)
    assert "Marchford" not in reading.as_text(SHROPSHIRE)
    assert {c.name for c in MARCHFORD.cookies}.isdisjoint(c.name for c in SHROPSHIRE.cookies)
    assert {p.code for p in SHROPSHIRE.purposes} - {p.code for p in MARCHFORD.purposes} >= {
        "adoption",
        "fostering",
    }


def test_its_own_commitments_are_its_own() -> None:
    assert MARCHFORD.controller.dfe_number != SHROPSHIRE.controller.dfe_number
    assert dict(MARCHFORD.recipient("dfe").uses).keys() == {"policy", "grants"}
    assert "recorded-call" in MARCHFORD.find("channel", "telephone").permitted
    assert "recorded-call" not in SHROPSHIRE.find("channel", "telephone").permitted
