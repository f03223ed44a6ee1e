"""A census file broken in over a thousand ways: it is read and well typed, or refused with a line."""

import io
import random
import time
from collections import Counter
from collections.abc import Iterator

import cin_examples
import pytest
from cin_examples import badly_typed

from wenlock.returns.cin.comparing import differences
from wenlock.returns.cin.reading import CensusRefused, read_whole
from wenlock.returns.cin.writing import write_census


def _tags(data: bytes) -> list[tuple[int, int]]:
    found, at = [], data.find(b"<")
    while at >= 0:
        end = data.find(b">", at)
        if end < 0:
            break
        found.append((at, end + 1))
        at = data.find(b"<", end)
    return found or [(0, len(data))]


def _truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    spoilt = bytearray(data or b"x")
    spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _tag_deleted(data: bytes, rng: random.Random) -> bytes:
    start, end = rng.choice(_tags(data))
    return data[:start] + data[end:]


def _tag_doubled(data: bytes, rng: random.Random) -> bytes:
    start, end = rng.choice(_tags(data))
    return data[:end] + data[start:end] + data[end:]


def _tags_swapped(data: bytes, rng: random.Random) -> bytes:
    (a, b), (c, d) = sorted([rng.choice(_tags(data)), rng.choice(_tags(data))])
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _line_deleted(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    lines.pop(rng.randrange(len(lines)))
    return b"".join(lines)


def _line_doubled(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    place = rng.randrange(len(lines))
    return b"".join([*lines[: place + 1], *lines[place:]])


def _lines_swapped(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"".join(lines)


def _inserted(data: bytes, rng: random.Random, junk: bytes) -> bytes:
    place = rng.randrange(len(data) + 1)
    return data[:place] + junk + data[place:]


JUNK = [
    *(
        b"&",
        b"<",
        b">",
        b"&amp;",
        b"&bomb;",
        b"&#0;",
        b"&#x202e;",
        b"]]>",
        b"<![CDATA[x]]>",
        b"\xff\xfe",
        b"\xc3",
    ),
    *(
        b"<!-- note -->",
        b"<?php echo 1 ?>",
        b"<Unknown/>",
        b"<Child>",
        b"</Child>",
        b"<Sex>M</Sex>",
        b"\xe2\x80\xae",
    ),
    *(
        b' xmlns="urn:x"',
        b' lang="en"',
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"x" * 3000,
        b"<a>" * 40,
        b"  ",
        b"\n",
    ),
]
BAD_VALUES = [
    *(b"2026-02-30", b"31/03/2026", b"0000-00-00", b"yes", b"TRUE", b"-1", b"1e3"),
    *(b"", b" ", b"N 1", b"\xc3\xa9"),
]


def _junk(data: bytes, rng: random.Random) -> bytes:
    return _inserted(data, rng, rng.choice(JUNK))


def _nulls(data: bytes, rng: random.Random) -> bytes:
    return _inserted(data, rng, b"\0" * rng.randint(1, 4))


def _value_changed(data: bytes, rng: random.Random) -> bytes:
    tags = _tags(data)
    place = rng.randrange(len(tags))
    end, following = tags[place][1], tags[(place + 1) % len(tags)][0]
    return data if following < end else data[:end] + rng.choice(BAD_VALUES) + data[following:]


def _recoded(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    name = rng.choice(["utf-16", "utf-16-le", "utf-32", "cp037", "utf-8-sig"])
    return text.encode(name, "replace")


def _encoding_declared(data: bytes, rng: random.Random) -> bytes:
    return data.replace(
        b"UTF-8", rng.choice([b"latin-1", b"windows-1252", b"UTF-16", b"utf-7", b"utf-8", b"no"])
    )


MUTATIONS = [
    ("truncated", _truncated),
    ("a bit flipped", _flipped),
    ("a tag deleted", _tag_deleted),
    ("a tag doubled", _tag_doubled),
    ("two tags swapped", _tags_swapped),
    ("a line deleted", _line_deleted),
    ("a line doubled", _line_doubled),
    ("two lines swapped", _lines_swapped),
    ("junk inserted", _junk),
    ("nulls inserted", _nulls),
    ("a value changed", _value_changed),
    ("recoded", _recoded),
    ("another encoding declared", _encoding_declared),
]


def mutations(original: bytes, count: int, seed: int = 20260331) -> Iterator[tuple[str, bytes]]:
    """`count` broken or odd versions of a file, each with the name of what was done to it."""
    rng = random.Random(seed)
    for _ in range(count):
        name, change = rng.choice(MUTATIONS)
        spoilt = change(original, rng)
        if rng.random() < 0.2:
            other, change = rng.choice(MUTATIONS)
            name, spoilt = f"{name}, {other}", change(spoilt, rng)
        yield name, spoilt


def outcome(data: bytes) -> str:
    """Read the file, hold it to what reading promises, and say how it went."""
    try:
        census = read_whole(io.BytesIO(data))
    except CensusRefused as refused:
        assert refused.faults
        assert all(fault.line >= 1 and fault.reason.endswith((".", "?")) for fault in refused.faults)
        assert all(len(fault.value) <= 60 and fault.value.isprintable() for fault in refused.faults)
        return "refused"
    assert badly_typed(census) == []
    written = io.BytesIO()
    write_census(written, header=census.header, children=census.children, year=2026)
    assert differences(census, read_whole(io.BytesIO(written.getvalue()))) == left_out(census)
    return "read"


def left_out(census) -> list:
    """Differences to be expected: a census of 2026 has no AssessmentInternalReviewDate."""
    bare = cin_examples.without_internal_reviews(census)
    return differences(census, bare)


@pytest.mark.parametrize("seed", range(6))
def test_a_broken_file_is_read_or_refused_and_nothing_else(seed):
    outcomes: Counter[str] = Counter()
    started = time.monotonic()
    for name, data in mutations(cin_examples.full(), 250, seed=seed):
        try:
            outcomes[outcome(data)] += 1
        except Exception as error:
            raise AssertionError(f"{name} (seed {seed})") from error
    assert min(outcomes["read"], outcomes["refused"]) > 20, "the mutations must try both ways"
    assert time.monotonic() - started < 60


def test_what_was_not_broken_is_read():
    assert outcome(cin_examples.full()) == "read"
