"""A census file that means harm: refused, quickly and in little memory."""

import io
import time
import tracemalloc

import pytest
from cin_examples import Endless, child, full, header, message

from wenlock.returns.cin.parsing import CensusParser
from wenlock.returns.cin.reading import CensusRefused, read_census, read_whole
from wenlock.returns.cin.strictxml import Stopped

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
  <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
  <!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
]>
<Message>&g;</Message>"""
EXTERNAL = b'<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>'
PARAMETER = b'<!DOCTYPE Message [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><Message/>'
REMOTE = b'<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/census.dtd"><Message/>'


def refusal(data: bytes):
    started = time.monotonic()
    with pytest.raises(CensusRefused) as refused:
        read_whole(io.BytesIO(data))
    assert time.monotonic() - started < 10
    return refused.value.faults[-1]


AFTER_A_LINE = b"\n<!DOCTYPE Message>" + full().partition(b"\n")[2]


@pytest.mark.parametrize(
    ("data", "line"),
    [(BILLION_LAUGHS, 2), (EXTERNAL, 1), (PARAMETER, 1), (REMOTE, 1), (AFTER_A_LINE, 2)],
)
def test_a_file_with_a_document_type_is_refused_at_its_line(data, line):
    fault = refusal(data)
    assert "DOCTYPE" in fault.reason
    assert fault.line == line


def test_what_follows_a_document_type_is_hardly_gone_through():
    parser = CensusParser()
    with pytest.raises(Stopped):
        parser.feed(b"<!DOCTYPE Message [" + b'<!ENTITY a "b">' * 4000 + b"]><Message/>")
    assert parser._expat.CurrentByteIndex < 1000


def test_an_entity_with_no_document_type_is_refused():
    assert "entity" in refusal(full().replace(b"WBRI", b"&lol;")).reason


@pytest.mark.parametrize("tag", ["a", "Message", "Child", "CINdetails"])
def test_deep_nesting_is_refused(tag):
    assert "deep" in refusal(b"<Message>" + f"<{tag}>".encode() * 100_000).reason


def test_a_comment_of_many_megabytes_is_refused_before_it_is_all_read():
    assert "far too long" in refusal(b"<Message><!--" + b"x" * 30_000_000).reason


def test_a_tag_of_many_megabytes_is_refused_before_it_is_all_read():
    assert "far too long" in refusal(b'<Message a="' + b"x" * 30_000_000).reason


def test_a_child_without_end_is_refused():
    assert "more than 20000" in refusal(message(child(episodes="<CINdetails/>" * 30_000))).reason


def test_ten_thousand_attributes_are_one_fault():
    attributes = " ".join(f'a{n}="1"' for n in range(10_000))
    assert "no attributes" in refusal(message(child(identifiers=f"<Sex {attributes}>M</Sex>"))).reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding_is_refused_with_advice(encoding):
    assert "UTF-8" in refusal(full().decode().encode(encoding)).reason


@pytest.mark.parametrize("encoding", ["windows-1252", "ISO-8859-1", "UTF-16", "utf-7", "US-ASCII"])
def test_a_file_that_says_it_is_in_another_encoding_is_refused(encoding):
    assert "UTF-8" in refusal(full().replace(b"UTF-8", encoding.encode())).reason


def test_another_version_of_xml_is_refused():
    assert "1.0" in refusal(full().replace(b'version="1.0"', b'version="1.1"')).reason


def test_a_file_in_a_namespace_is_refused_with_advice():
    assert "no namespace" in refusal(full().replace(b"<Message>", b'<Message xmlns="urn:cin">')).reason


def test_a_schema_location_is_refused():
    located = b'<Message xmlns:xsi="urn:xsi" xsi:noNamespaceSchemaLocation="census.xsd">'
    assert "no attributes" in refusal(full().replace(b"<Message>", located)).reason


@pytest.mark.parametrize(
    "harmless",
    [
        full().replace(b"<Message>", b'<Message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'),
        b"\xef\xbb\xbf" + full(),
        full().replace(b"<Children>", b"<!-- a note --><Children><?ignored?>"),
        full().replace(b"WBRI", b"<![CDATA[WBRI]]>"),
        full().replace(b"\n", b"\r\n"),
        full().split(b"\n", 1)[1],
    ],
)
def test_what_does_no_harm_is_accepted(harmless):
    assert read_whole(io.BytesIO(harmless)) == read_whole(io.BytesIO(full()))


def test_a_file_of_fifteen_megabytes_is_read_in_little_memory():
    stream = Endless(15_000_000)
    tracemalloc.start()
    try:
        read = sum(1 for _ in read_census(stream))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == stream.children > 3000
    assert peak < 3_000_000


def test_a_value_of_many_megabytes_is_not_kept():
    data = message(child("W" * 20_000_000))
    tracemalloc.start()
    try:
        fault = refusal(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "far too long" in fault.reason
    assert peak < 3_000_000


def test_a_large_file_that_is_refused_takes_little_memory_too():
    stream = Endless(5_000_000)
    stream._left = stream._left.replace(header().encode(), header(Year="soon").encode())
    tracemalloc.start()
    try:
        with pytest.raises(CensusRefused):
            read_census(stream)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000
