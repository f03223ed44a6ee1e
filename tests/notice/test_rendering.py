"""The page the public reads: the notice's own words, in order, always the same; and what changed in it."""

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from types import SimpleNamespace

import pytest
from compiler_examples import AUTHORITIES, TODAY
from lxml import html

from wenlock.notice import comparing, reading, rendering
from wenlock.notice.compiler import canonical, compile_notice
from wenlock.notice.declared import Notice
from wenlock.notice.restoring import notice_of

PUBLISHED = AUTHORITIES.parents[1] / "shared" / "reference" / "privacy-notice.txt"
# Of the words as a reader sees them: no bullets, and links by the words that are linked.
WORDS, WORDS_SHA256 = 1306, "f3f2dbb1f3fc0f6d5958264013ab3440151849cbbb7334e1cb917a9b8eb27438"

SHROPSHIRE = compile_notice(AUTHORITIES / "shropshire", on=TODAY).notice
MARCHFORD = compile_notice(AUTHORITIES / "marchford", on=TODAY).notice


def page(notice: Notice) -> html.HtmlElement:
    return html.fromstring(f"<main>{rendering.rendered(notice).fragment}</main>")


def words(notice: Notice) -> list[str]:
    """The words as a reader sees them, each block and line apart."""
    spaced = re.sub(r"(</(?:p|li|h\d)>|<br>)", r" \1", rendering.rendered(notice).fragment)
    return html.fromstring(f"<main>{spaced}</main>").text_content().split()


def reworded(notice: Notice, code: str, says: str) -> Notice:
    statements = tuple(replace(s, says=says) if s.code == code else s for s in notice.statements)
    return replace(notice, statements=statements)


def with_purpose(notice: Notice, code: str, **changes: object) -> Notice:
    return replace(
        notice, purposes=tuple(replace(p, **changes) if p.code == code else p for p in notice.purposes)
    )


def test_the_page_is_the_published_words_in_order() -> None:
    shown = words(SHROPSHIRE)
    assert len(shown) == WORDS
    assert sha256(" ".join(shown).encode("utf-8")).hexdigest() == WORDS_SHA256


def test_the_page_is_the_text_as_published() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the text as published is not kept in this repository")
    text = re.sub(r"(?m)^- ", "", PUBLISHED.read_text(encoding="utf-8"))
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>", lambda found: found[1] or found[2], text)
    assert words(SHROPSHIRE) == text.split()


@pytest.mark.parametrize("notice", [SHROPSHIRE, MARCHFORD], ids=["shropshire", "marchford"])
def test_the_page_says_what_the_notice_says(notice: Notice) -> None:
    text = re.sub(r"(?m)^- ", "", reading.as_text(notice))
    assert " ".join(words(notice)) == " ".join(rendering.plain(text).split())


@pytest.mark.parametrize("notice", [SHROPSHIRE, MARCHFORD], ids=["shropshire", "marchford"])
def test_a_notice_comes_back_from_its_bytes_as_it_was(notice: Notice) -> None:
    assert notice_of(canonical(notice)) == notice


def test_bytes_that_are_no_notice_are_refused() -> None:
    with pytest.raises(ValueError, match="no notice"):
        notice_of(b"[]")


def test_the_hash_is_of_the_page_and_of_nothing_else() -> None:
    version = SimpleNamespace(canonical=memoryview(canonical(SHROPSHIRE)))
    shown = rendering.rendered(SHROPSHIRE)
    assert rendering.page_hash(version) == shown.sha256 == sha256(shown.fragment.encode("utf-8")).hexdigest()
    assert shown.sha256 == rendering.rendered(notice_of(canonical(SHROPSHIRE))).sha256


def test_one_letter_changes_the_hash() -> None:
    other = reworded(SHROPSHIRE, "N85", "No automated decision-making takes place.")
    assert rendering.rendered(other).sha256 != rendering.rendered(SHROPSHIRE).sha256


@pytest.mark.parametrize("notice", [SHROPSHIRE, MARCHFORD], ids=["shropshire", "marchford"])
def test_every_statement_said_has_one_anchor(notice: Notice) -> None:
    ids = page(notice).xpath("//@id")
    assert len(ids) == len(set(ids))
    said = {s.code for s in notice.statements if s.applies}
    assert said <= set(ids)
    assert {"N1", "N29", "N90"} <= said
    assert not {s.code for s in notice.statements if not s.applies} & set(ids)


def test_a_lettered_part_has_its_own_anchor() -> None:
    (part,) = page(SHROPSHIRE).xpath("//*[@id='N29g']")
    assert part.text_content() == "adoption services"
    assert part.xpath("ancestor::*[@id='N29']")


def test_links_lead_where_they_are_declared_to() -> None:
    links = {a.text_content(): a.get("href") for a in page(SHROPSHIRE).xpath("//a")}
    assert links["looked after children"] == "https://www.gov.uk/guidance/children-looked-after-return"
    assert links["ico.org.uk"] == "https://ico.org.uk/"
    assert links["casework@ico.org.uk"] == "mailto:casework@ico.org.uk"
    assert links["01743 252774"] == "tel:01743252774"
    assert "#" not in links.values()


def test_one_heading_is_the_pages_and_the_rest_are_below_it() -> None:
    headings = [(h.tag, h.text_content()) for h in page(SHROPSHIRE).xpath("//h1|//h2|//h3")]
    assert headings[0] == ("h1", "Privacy notice – Children’s Services")
    assert [tag for tag, _ in headings].count("h1") == 1
    assert headings[-2] == ("h3", "What are Cookies and why are they used?")


def test_words_that_look_like_markup_are_only_words() -> None:
    shown = page(reworded(SHROPSHIRE, "N85", "No <script>decision</script> & {0} is made."))
    assert not shown.xpath("//script")
    assert "No <script>decision</script> & {0} is made." in shown.text_content()


def test_nothing_changed_between_a_notice_and_itself() -> None:
    found = comparing.compare(SHROPSHIRE, SHROPSHIRE)
    assert found.nothing
    assert found.unchanged == 96


def test_words_taken_out_and_put_in_are_told_apart() -> None:
    later = reworded(
        SHROPSHIRE, "N12", "This could be personal information (for example your full name and address),"
    )
    (change,) = comparing.compare(SHROPSHIRE, later).words
    assert (change.code, change.kind) == ("N12", "changed")
    assert [piece.words for piece in change.pieces if piece.kind == "added"] == ["full"]
    assert [piece.words for piece in change.pieces if piece.kind == "removed"] == []
    assert comparing.compare(SHROPSHIRE, later).unchanged == 95


def test_the_pieces_give_back_both_texts() -> None:
    pieces = comparing.pieces("we may share it with you", "we will share that with your school")
    assert " ".join(p.words for p in pieces if p.kind != "added") == "we may share it with you"
    assert " ".join(p.words for p in pieces if p.kind != "removed") == "we will share that with your school"


def test_a_statement_that_no_longer_applies_is_taken_out_with_its_reason() -> None:
    statements = tuple(
        replace(s, says=None, not_here="There are none in this area.", binds=()) if s.code == "N55" else s
        for s in SHROPSHIRE.statements
    )
    (change,) = comparing.compare(SHROPSHIRE, replace(SHROPSHIRE, statements=statements)).words
    assert (change.kind, change.before, change.after) == ("removed", "District councils", "")
    assert "none in this area" in change.note


def test_a_statement_that_changed_places_is_moved() -> None:
    said = list(SHROPSHIRE.statements)
    police = next(place for place, s in enumerate(said) if s.code == "N19")
    said.insert(police - 3, said.pop(police))
    (change,) = comparing.compare(SHROPSHIRE, replace(SHROPSHIRE, statements=tuple(said))).words
    assert (change.code, change.kind) == ("N19", "moved")


def test_a_changed_heading_is_a_change_of_words() -> None:
    sections = tuple(
        replace(s, heading="Who we are") if s.code == "who-we-are" else s for s in SHROPSHIRE.sections
    )
    (change,) = comparing.compare(SHROPSHIRE, replace(SHROPSHIRE, sections=sections)).words
    assert (change.code, change.before, change.after) == ("", "Who we are?", "Who we are")


def test_a_purposes_new_category_ground_and_end_are_said_in_words() -> None:
    early = SHROPSHIRE.purpose("early-help")
    later = with_purpose(
        SHROPSHIRE, "early-help", categories=(*early.categories, "religion"),
        grounds=tuple(g for g in early.grounds if g != "ca2004-10"), until=date(2027, 1, 1),
        needs_consent=False,
    )  # fmt: skip
    (change,) = comparing.compare(SHROPSHIRE, later).rules
    assert (change.kind, change.name, change.statements) == ("Purpose", "Early help", ("N28", "N30"))
    assert set(change.says) == {
        "Added to its kinds of information: Religion or belief.",
        "Taken from its legal grounds: Children Act 2004, s. 10.",
        "Its end was not set and is now “1 January 2027”.",
        "It does not need consent.",
    }


def test_a_recipient_that_is_new_and_one_that_is_gone_are_told() -> None:
    recipients = tuple(
        replace(r, code="dwelling-inspectors", name="Dwelling inspectors") if r.code == "dwp" else r
        for r in SHROPSHIRE.recipients
    )
    sharing = tuple(r for r in SHROPSHIRE.sharing if r.recipient != "dwp")
    found = comparing.compare(SHROPSHIRE, replace(SHROPSHIRE, recipients=recipients, sharing=sharing)).rules
    assert {(r.kind, r.name, r.change) for r in found} == {
        ("Recipient", "Dwelling inspectors", "added"),
        ("Recipient", "Department for Work and Pensions", "removed"),
        (
            "Sharing rule",
            "Department for Work and Pensions, for Children and young people leaving care",
            "removed",
        ),
    }


def test_two_councils_can_be_compared() -> None:
    found = comparing.compare(SHROPSHIRE, MARCHFORD)
    assert len(found.words) > 60
    assert {"Purpose", "Cookie", "Recipient", "The council"} <= {rule.kind for rule in found.rules}
    assert all(sentence.endswith(".") for rule in found.rules for sentence in rule.says)
