"""An e-mail taken apart, however it was put together."""

import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.mail import letters
from tests.mail.letters import SAID

from wenlock.intake.mailbox import outlook
from wenlock.intake.mailbox.plain import text_of
from wenlock.intake.mailbox.reading import Letter, read
from wenlock.intake.mailbox.senders import verdict

CAFE = "Café in Wem — “she said”"


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("utf-8", CAFE.encode()), ("windows-1252", CAFE.encode("cp1252")), ("iso-8859-1", CAFE.encode("cp1252")),
        ("us-ascii", CAFE.encode()), ("utf-8", CAFE.encode("cp1252")), ("x-unheard-of", CAFE.encode()),
        ("rot13", CAFE.encode()), ("utf-16", CAFE.encode("utf-16")), ("", CAFE.encode("cp1252")),
    ],
    ids=["utf-8", "cp1252", "latin that is not", "ascii that is not", "utf-8 that is not", "unknown", "no charset at all",
         "utf-16", "unnamed"],
)  # fmt: skip
def test_writing_is_read_in_the_charset_it_is_in_whatever_it_says(charset: str, encoded: bytes) -> None:
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    found = read(letters.by_hand("From: a@b.example", kind, "Content-Transfer-Encoding: 8bit", body=encoded))
    assert found.words == CAFE


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("Subject: =?utf-8?q?Caf=C3=A9?=", "Café"),
        ("Subject: =?windows-1252?Q?Caf=E9?= =?utf-8?B?IGluIFdlbQ==?=", "Café in Wem"),
        ("Subject: =?utf-8?B?4pyT", "=?utf-8?B?4pyT"),
        ("Subject: =?utf-8?B?!!!?= Wren", "Wren"),
        ("Subject: =?x-unknown?Q?Wren?=", "Wren"),
        ("Subject: Café".encode(), "Café"),
        (b"Subject: Caf\xe9", "Café"),
        ("Subject: Wren\u202egpj.exe", "Wrengpj.exe"),
        ("Subject:\r\n Wren\r\n Hollis", "Wren Hollis"),
    ],
)  # fmt: skip
def test_a_subject_is_read_as_far_as_it_can_be(header: str | bytes, subject: str) -> None:
    assert subject in read(letters.by_hand("From: a@b.example", header)).subject


@pytest.mark.parametrize(
    ("header", "sender", "name"),
    [
        ("From: Pat Rowe <Pat@Meadow.example>", "pat@meadow.example", "Pat Rowe"),
        ("From: =?utf-8?q?Zo=C3=AB?= <zoe@b.example>", "zoe@b.example", "Zoë"),
        ("From: pat@meadow.example", "pat@meadow.example", ""),
        ("From: no address here", "", ""),
        ("From: a@b.example\r\nFrom: c@d.example", "", ""),
        ("From: ", "", ""),
        ("From: @@@<<>>", "", ""),
    ],
)
def test_who_wrote_is_one_address_or_nobody(header: str, sender: str, name: str) -> None:
    found = read(letters.by_hand(*header.split("\r\n")))
    assert found.sender == sender
    assert not name or found.sender_name == name


def test_of_two_ways_to_say_it_the_plain_one_is_taken_unless_it_says_nothing() -> None:
    message = letters.letter()
    message.add_alternative("<p>In colour</p>", subtype="html")
    assert read(message.as_bytes()).words == SAID
    empty = letters.letter(" ")
    empty.add_alternative("<p>In colour</p>", subtype="html")
    assert read(empty.as_bytes()).words == "In colour"


@pytest.mark.parametrize(
    "kind", ["multipart/mixed", "multipart/alternative; boundary=x", "multipart/related; boundary="]
)
def test_one_that_says_it_has_parts_and_has_none_is_read_as_it_stands(kind: str) -> None:
    assert read(letters.by_hand("From: a@b.example", f"Content-Type: {kind}")).words == SAID


def test_a_page_is_made_into_writing_and_nothing_of_it_runs() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Dear&nbsp;all</p><script>alert(1)</script>"
        "<p>See <a href='https://evil.example/a'>our site</a><br>soon</p><blockquote>You wrote:<p>earlier</p></blockquote>"
        "<img src=x onerror=alert(1) alt='a map'></body></html>"
    )
    assert text_of(page).split("\n") == [
        "Dear all", "", "See our site (https://evil.example/a)", "soon", "", "You wrote:", "earlier", "", "a map",
    ]  # fmt: skip


def test_a_page_nested_without_end_is_read() -> None:
    assert "deep" in text_of("<div>" * 5_000 + "deep") or text_of("<div>" * 5_000 + "deep") == ""


def test_quoted_history_is_kept() -> None:
    assert "> He went home" in read(letters.letter("Thank you.\n\n> He went home\n").as_bytes()).words


def test_an_email_nested_a_thousand_deep_is_still_read() -> None:
    raw = letters.letter().as_bytes()
    for number in range(1_000):
        raw = (
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\nContent-Type: message/rfc822\n\n"
            % (number, number)
            + raw
        )
    assert isinstance(read(b"From: a@b.example\n" + raw), Letter)


def test_winmail_gives_long_names_bytes_and_words() -> None:
    words, files = outlook.unpacked(
        letters.winmail(("School report.pdf", b"%PDF"), ("b", b"2"), words="Dear all")
    )
    assert words == "Dear all"
    assert [(file.name, file.content) for file in files] == [("School report.pdf", b"%PDF"), ("b", b"2")]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 300))
def test_a_winmail_that_was_spoilt_is_opened_or_said_not_to_be(junk: bytes, at: int) -> None:
    good = letters.winmail(("School report.pdf", b"%PDF"), words="Dear all")
    for spoilt in (outlook.MAGIC + junk, good[:at], good[:at] + junk + good[at:]):
        try:
            outlook.unpacked(spoilt)
        except outlook.NotOpened:
            continue


def test_a_length_that_points_beyond_is_not_believed() -> None:
    with pytest.raises(outlook.NotOpened):
        outlook.unpacked(outlook.MAGIC + b"\1\0" + struct.pack("<BII", 1, 0x0002800C, 0xFFFFFFFF) + b"ab")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000), st.data())
def test_any_bytes_at_all_are_read(junk: bytes, data: st.DataObject) -> None:
    whole = (
        letters.bounce(letters.letter())
        + letters.invitation()
        + letters.carrying(("winmail.dat", letters.winmail(("a", b"b"))))
    )
    at = data.draw(st.integers(0, len(whole)))
    for raw in (
        junk,
        whole[:at] + junk + whole[at:],
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + junk,
    ):
        found = read(raw)
        assert "\0" not in found.words + found.subject + found.sender + found.head
        (found.words + found.head + found.sender_name).encode()  # a database takes it


OURS = "mx.wenlock.example"


def judged(*headers: tuple[str, str], domain: str = "meadow.example", hops: int = 1) -> str:
    return verdict(headers, domain=domain, authserv_id=OURS, hops=hops)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("dmarc=pass header.from=meadow.example", "verified"),
        ("dmarc=pass", "verified"),
        ("dmarc=pass header.from=evil.example", "not-verified"),
        ("dmarc=fail (p=reject) header.from=meadow.example; dkim=pass header.d=meadow.example", "failed"),
        ("dmarc=none; dkim=pass header.d=meadow.example", "verified"),
        ("dkim=pass header.i=@meadow.example", "verified"),
        ("dkim=pass header.d=evil.example", "not-verified"),
        ("dkim=pass header.d=dow.example", "not-verified"),
        ("spf=pass smtp.mailfrom=bounces@meadow.example", "verified"),
        ("spf=pass smtp.mailfrom=evil.example; dkim=fail header.d=meadow.example", "not-verified"),
        ("spf=fail smtp.mailfrom=meadow.example", "not-verified"),
        ("spf=softfail (dmarc=pass header.from=meadow.example)", "not-verified"),
        ("none", "not-verified"),
        ("", "not-verified"),
    ],
)
def test_what_our_server_says_is_weighed(said: str, state: str) -> None:
    assert judged(("Authentication-Results", f"{OURS} 1; {said}")) == state


def test_a_signature_of_the_domain_above_vouches_for_what_is_under_it_and_not_the_other_way() -> None:
    signed = ("Authentication-Results", f"{OURS}; dkim=pass header.d=meadow.example")
    assert judged(signed, domain="office.meadow.example") == "verified"
    assert (
        judged(("Authentication-Results", f"{OURS}; dkim=pass header.d=office.meadow.example"))
        == "not-verified"
    )


def test_a_mark_of_ours_under_anothers_received_line_is_forged_whatever_stands_above() -> None:
    good = ("Authentication-Results", f"{OURS}; dmarc=pass header.from=meadow.example")
    step = ("Received", "from a by b")
    assert judged(step, good, step) == "verified"
    assert judged(step, step, good) == "forged"
    assert judged(good, step, step, good) == "forged"
    assert judged(step, step, good, hops=2) == "verified"


def test_where_no_server_is_trusted_nothing_is_verified() -> None:
    good = ("Authentication-Results", f"{OURS}; dmarc=pass")
    assert verdict([good], domain="meadow.example", authserv_id="", hops=1) == "not-verified"
    assert judged(good, domain="") == "not-verified"
