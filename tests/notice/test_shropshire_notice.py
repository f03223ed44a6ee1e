"""Shropshire's notice: every word of the published text, each bound to what keeps it."""

from datetime import date
from hashlib import sha256

import pytest
from compiler_examples import AUTHORITIES, TODAY

from wenlock.notice import reading
from wenlock.notice.compiler import Compiled, compile_notice
from wenlock.notice.declared import CODES

PUBLISHED = AUTHORITIES.parents[1] / "shared" / "reference" / "privacy-notice.txt"
WORDS, WORDS_SHA256 = 1348, "e6fd1927d360bce3e35bb2f55b01ac6b318cbaac6aab3193f5e8dd7369e3e6f0"

N29 = [
    "children-in-need",
    "safeguarding",
    "looked-after-children",
    "leaving-care",
    "disabled-children",
    "fostering",
    "adoption",
]


@pytest.fixture(scope="module")
def shropshire() -> Compiled:
    return compile_notice(AUTHORITIES / "shropshire", on=TODAY)


def test_the_notice_holds_every_published_word_in_order(shropshire: Compiled) -> None:
    words = reading.words(shropshire.notice)
    assert len(words) == WORDS
    assert sha256(" ".join(words).encode("utf-8")).hexdigest() == WORDS_SHA256


def test_the_notice_is_the_published_text(shropshire: Compiled) -> None:
    if not PUBLISHED.exists():
        pytest.skip("the text as published is not kept in this repository")
    assert reading.words(shropshire.notice) == tuple(PUBLISHED.read_text(encoding="utf-8").split())


def test_the_notice_makes_all_ninety_six_statements(shropshire: Compiled) -> None:
    assert {s.code for s in shropshire.notice.statements} == set(CODES)
    assert len(shropshire.notice.statements) == len(CODES) == 96
    assert all(s.applies for s in shropshire.notice.statements)


def test_every_statement_is_bound_to_something(shropshire: Compiled) -> None:
    assert [s.code for s in shropshire.notice.statements if not s.binds] == []


@pytest.mark.parametrize(
    "code, bind",
    [
        ("N5", "channel:website"),
        ("N10", "channel:face-to-face"),
        ("N15", "source:health"),
        ("N26", "source:mind-of-my-own"),
        ("N29", "purpose:adoption"),
        ("N34", "purpose:statutory-returns"),
        ("N38", "instrument:CA1989"),
        ("N50", "recipient:internal-departments"),
        ("N67", "recipient:mind-of-my-own"),
        ("N65", "link:looked-after-guide"),
        ("N68", "promise:no-sale-or-rent"),
        ("N73", "right:erasure"),
        ("N77", "retention:looked-after-child-record"),
        ("N86", "online_consent_age:thirteen"),
        ("N87", "cookie:session"),
        ("N90", "purpose:security"),
        ("N91", "contact:complaints-post"),
    ],
)
def test_statements_bind_what_they_speak_of(shropshire: Compiled, code: str, bind: str) -> None:
    assert bind in shropshire.notice.statement(code).binds


def test_each_service_of_n29_is_a_purpose(shropshire: Compiled) -> None:
    for letter, purpose in zip("abcdefg", N29, strict=True):
        assert f"N29{letter}" in shropshire.notice.purpose(purpose).statements


def test_each_source_and_recipient_named_is_declared(shropshire: Compiled) -> None:
    sources = {s.statement for s in shropshire.notice.sources}
    recipients = {r.statement for r in shropshire.notice.recipients}
    assert sources >= {f"N{n}" for n in range(15, 27)}
    assert recipients == {f"N{n}" for n in range(50, 68)} - {"N65"}


def test_the_seven_acts_are_named_and_lean_on_something_in_force(shropshire: Compiled) -> None:
    named = {
        b
        for n in range(38, 45)
        for b in shropshire.notice.statement(f"N{n}").binds
        if b.startswith("instrument:")
    }
    used = {f"instrument:{g.instrument}" for g in shropshire.notice.grounds if g.in_force(TODAY)}
    acts = {"CA1989", "CLCA2000", "ACA2002", "CA2004", "CCA2006", "CFA2014", "CSWA2017"}
    assert {f"instrument:{act}" for act in acts} <= named & used


def test_the_department_is_told_children_in_need_under_section_83(shropshire: Compiled) -> None:
    rule = shropshire.notice.find("sharing", "dfe-cin")
    ground = shropshire.notice.ground(rule.ground)
    assert (rule.recipient, rule.purpose, rule.return_) == ("dfe", "statutory-returns", "cin")
    assert (ground.law, ground.article6, ground.gives) == ("CA1989 s.83", "6(1)(c)", "duty")
    assert len(rule.uses) == 4


def test_troubled_families_ended_and_its_successor_follows_at_once(shropshire: Compiled) -> None:
    ended = shropshire.notice.purpose("troubled-families")
    assert ended.successor == "supporting-families"
    assert shropshire.notice.purpose(ended.successor).since == ended.until == date(2021, 4, 1)


def test_early_help_cannot_hold_protection_records(shropshire: Compiled) -> None:
    early_help = shropshire.notice.purpose("early-help")
    assert early_help.needs_consent
    assert not {"protection", "criminal-offence"} & set(early_help.categories)


def test_service_improvement_writes_nothing_of_anyone(shropshire: Compiled) -> None:
    assert shropshire.notice.purpose("service-improvement").categories == ()


@pytest.mark.parametrize(
    "code, about",
    [
        ("research-width", {"N46"}),
        ("automated-decisions", {"right.automated-decisions"}),
        ("no-districts", {"recipient.district-councils"}),
        (
            "open-class",
            {
                "recipient.other-public-bodies",
                "recipient.central-government",
                "recipient.other-public-authorities",
            },
        ),
        ("programme-ended", {"purpose.troubled-families"}),
        ("contact-stale", {"contact.council-address", "contact.complaints-post", "contact.regulator-post"}),
        ("only-a-pointer", {"tells.retention-period"}),
        ("not-told-withdraw-consent", {"tells.withdraw-consent"}),
        ("not-told-complaint-to-council", {"tells.complaint-to-council"}),
        ("not-told-sources-courts", {"tells.sources-courts"}),
        ("duty-on-child", {"N86"}),
        ("empty-link", {"N65"}),
        ("heading-without-words", {"N90"}),
        ("brackets", {"N95"}),
    ],
)
def test_the_known_faults_of_the_published_text_are_warned_of(
    shropshire: Compiled, code: str, about: set[str]
) -> None:
    assert {w.about for w in shropshire.warnings if w.code == code} == about


def test_the_page_reads_in_whole_paragraphs(shropshire: Compiled) -> None:
    passages = {p.section.code: p for p in reading.passages(shropshire.notice)}
    (council,) = passages["who-we-are"].blocks
    assert [s.code for s in council.statements] == ["N2", "N3", "N4"]
    assert passages["cookies"].heading_statement == "N90"
    assert [b.kind for b in passages["third-parties"].blocks] == ["paragraph", *["item"] * 12]
