"""Files sealed piece by piece, and files kept whole or not at all."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlock.base.home import Home
from wenlock.files import envelope, store
from wenlock.files.envelope import HEAD, TAG, Damaged, KeyMissing, Keys, Sealing

KEY = bytes(range(32))
KEYS = Keys([KEY])
VERSION, ANOTHER = uuid4(), uuid4()
SMALL = 64  # bytes of a piece in these tests, so that files have several
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "PIECE", SMALL)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


def sealed(content: bytes, *, version: UUID = VERSION, keys: Keys = KEYS) -> bytes:
    out = io.BytesIO()
    envelope.seal(io.BytesIO(content), out, version=version, keys=keys)
    return out.getvalue()


def read(closed: bytes, *, version: UUID = VERSION, keys: Keys = KEYS) -> bytes:
    return envelope.opened(io.BytesIO(closed), version=version, keys=keys).read()


def pieces(closed: bytes) -> list[bytes]:
    rest = closed[HEAD:]
    return [rest[at : at + SMALL + TAG] for at in range(0, len(rest), SMALL + TAG)]


CONTENTS = st.one_of(
    st.binary(max_size=400), st.sampled_from([0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL]).map(os.urandom)
)
patiently = settings(deadline=None)


@patiently
@given(CONTENTS)
def test_what_was_sealed_opens_as_it_was(content: bytes) -> None:
    closed = sealed(content)
    assert read(closed) == content
    assert len(closed) == HEAD + len(content) + TAG * max(-(-len(content) // SMALL), 1)


@patiently
@given(st.lists(st.binary(max_size=200), max_size=10))
def test_it_does_not_matter_in_what_portions_a_file_is_written(portions: list[bytes]) -> None:
    out = io.BytesIO()
    sealing = Sealing(out, version=VERSION, keys=KEYS)
    for portion in portions:
        sealing.write(portion)
    sealing.finish()
    assert read(out.getvalue()) == b"".join(portions)


@patiently
@given(st.binary(min_size=1, max_size=400), st.data())
def test_a_sealed_file_is_read_from_anywhere(content: bytes, data: st.DataObject) -> None:
    stream = envelope.opened(io.BytesIO(sealed(content)), version=VERSION, keys=KEYS)
    plain = io.BytesIO(content)
    for _ in range(5):
        offset, count = data.draw(st.integers(0, len(content) + 50)), data.draw(st.integers(0, 300))
        assert stream.seek(offset) == plain.seek(offset)
        assert stream.read(count) == plain.read(count)
    assert stream.seek(0, os.SEEK_END) == len(content)


@patiently
@given(CONTENTS, st.data())
def test_a_file_with_one_bit_altered_does_not_open(content: bytes, data: st.DataObject) -> None:
    closed = bytearray(sealed(content))
    closed[data.draw(st.integers(0, len(closed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Damaged, KeyMissing)):
        read(bytes(closed))


@patiently
@given(CONTENTS, st.data())
def test_a_file_cut_short_does_not_open(content: bytes, data: st.DataObject) -> None:
    closed = sealed(content)
    with pytest.raises(Damaged):
        read(closed[: data.draw(st.integers(0, len(closed) - 1))])


def test_a_file_cut_short_between_pieces_does_not_open() -> None:
    closed = sealed(os.urandom(3 * SMALL))
    for count in (0, 1, 2):
        with pytest.raises(Damaged):
            read(closed[: HEAD + count * (SMALL + TAG)])


@patiently
@given(CONTENTS, st.binary(min_size=1, max_size=200))
def test_a_file_with_something_added_does_not_open(content: bytes, more: bytes) -> None:
    with pytest.raises(Damaged):
        read(sealed(content) + more)


def test_a_file_with_pieces_in_another_order_or_left_out_does_not_open() -> None:
    closed = sealed(os.urandom(4 * SMALL))
    one, two, three, four = pieces(closed)
    for order in (
        [two, one, three, four],
        [one, three, two, four],
        [one, two, two, four],
        [one, three, four],
    ):
        with pytest.raises(Damaged):
            read(closed[:HEAD] + b"".join(order))


def test_pieces_of_another_file_do_not_open() -> None:
    ours, theirs = sealed(bytes(2 * SMALL)), sealed(bytes(2 * SMALL))
    with pytest.raises(Damaged):
        read(ours[:HEAD] + pieces(theirs)[0] + pieces(ours)[1])


def test_a_file_put_in_the_place_of_another_does_not_open() -> None:
    with pytest.raises(Damaged):
        read(sealed(b"of one child", version=ANOTHER), version=VERSION)


def test_pieces_are_bound_to_the_version_and_not_the_head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "unwrap", lambda self, head, *, version: KEY)
    monkeypatch.setattr(envelope.AESGCM, "generate_key", lambda bits: KEY)
    with pytest.raises(Damaged):
        read(sealed(b"of one child", version=ANOTHER), version=VERSION)


def test_a_file_never_finished_does_not_open() -> None:
    out = io.BytesIO()
    Sealing(out, version=VERSION, keys=KEYS).write(os.urandom(3 * SMALL))
    with pytest.raises(Damaged):
        read(out.getvalue())


def test_another_key_does_not_open_a_file_and_the_error_says_which_would() -> None:
    with pytest.raises(KeyMissing) as caught:
        read(sealed(b"Mia"), keys=Keys([bytes(32)]))
    assert caught.value.key_id == envelope.key_id(KEY).hex()
    with pytest.raises(KeyMissing):
        read(sealed(b"Mia"), keys=Keys([]))
    with pytest.raises(KeyMissing):
        sealed(b"Mia", keys=Keys([]))


def test_a_key_that_passes_for_another_does_not_open_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = sealed(b"Mia")
    monkeypatch.setattr(envelope, "key_id", lambda key: closed[8:24])
    with pytest.raises(Damaged):
        read(closed, keys=Keys([bytes(32)]))


def test_the_newest_key_wraps_and_the_older_still_open() -> None:
    newer = bytes(32)
    both = Keys([KEY, newer])
    assert read(sealed(b"before"), keys=both) == b"before"
    after = sealed(b"after", keys=both)
    assert read(after, keys=Keys([newer])) == b"after"
    with pytest.raises(KeyMissing):
        read(after, keys=KEYS)


def test_the_same_file_sealed_twice_is_not_the_same() -> None:
    assert sealed(b"Mia")[HEAD:] != sealed(b"Mia")[HEAD:]


def test_no_more_than_one_piece_is_read_at_a_time() -> None:
    class Watched(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1, /) -> bytes:
            Watched.most = max(Watched.most, 10**9 if size is None or size < 0 else size)
            return super().read(size)

    closed = Watched(sealed(os.urandom(50 * SMALL)))
    stream = envelope.opened(closed, version=VERSION, keys=KEYS)
    while stream.read(10):
        pass
    envelope.seal(Watched(os.urandom(50 * SMALL)), io.BytesIO(), version=VERSION, keys=KEYS)
    assert Watched.most <= max(SMALL + TAG, HEAD)


# The store.


def keep(content: bytes, home: Home, *, version: UUID = VERSION) -> store.Kept:
    return store.keep(io.BytesIO(content), version=version, home=home)


def opened(kept: store.Kept, home: Home, *, version: UUID = VERSION) -> bytes:
    with store.opened(version=version, size=kept.size, digest=kept.sha256, home=home) as stream:
        return stream.read()


def test_a_file_is_kept_closed_to_others_and_not_in_the_clear(home: Home) -> None:
    content = b"Mia drew a house with four windows." * 20
    kept = keep(content, home)
    path = home.documents / kept.stored_as
    assert kept.stored_as == f"{str(VERSION)[:2]}/{VERSION}"
    assert (kept.size, kept.sha256) == (len(content), sha256(content).hexdigest())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"house" not in path.read_bytes()
    assert opened(kept, home) == content


def test_a_file_that_cannot_be_written_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    keep(b"first", home, version=ANOTHER)  # which makes the key
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(store.NotStored):
        keep(b"Mia", home)
    assert [path.name for path in home.documents.rglob("*") if path.is_file()] == [str(ANOTHER)]


def test_a_reader_finds_the_file_whole_or_not_at_all(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    sync = os.fsync

    def watching(handle: int) -> None:
        seen.append((home.documents / f"{str(VERSION)[:2]}/{VERSION}").exists())
        sync(handle)

    monkeypatch.setattr(os, "fsync", watching)
    keep(b"first", home, version=ANOTHER)
    seen.clear()
    keep(b"Mia", home)
    assert seen == [False, True]  # the file is safe before it has its name, and then the name is


def test_a_file_that_is_gone_or_another_is_damaged(home: Home) -> None:
    kept = keep(b"Mia", home)
    for size, digest in ((4, kept.sha256), (3, "0" * 64)):
        with pytest.raises(Damaged):
            store.opened(version=VERSION, size=size, digest=digest, home=home)
    store.discard(version=VERSION, home=home)
    with pytest.raises(Damaged):
        opened(kept, home)


def test_without_its_key_the_store_is_closed_and_no_new_key_hides_the_loss(home: Home) -> None:
    kept = keep(b"Mia", home)
    (home.secrets / "documents-1").unlink()
    with pytest.raises(KeyMissing):
        opened(kept, home)
    with pytest.raises(KeyMissing):
        keep(b"more", home, version=ANOTHER)
    with pytest.raises(KeyMissing):
        store.add_key(home)
    assert not home.has_secret("documents-1")


def test_a_new_key_wraps_what_is_kept_from_then_on(home: Home) -> None:
    before = keep(b"before", home)
    assert store.add_key(home) == "documents-2"
    after = keep(b"after", home, version=ANOTHER)
    assert opened(before, home) == b"before"
    (home.secrets / "documents-1").unlink()
    assert opened(after, home, version=ANOTHER) == b"after"
    with pytest.raises(KeyMissing):
        opened(before, home)


def test_the_tenth_key_is_newer_than_the_ninth(home: Home) -> None:
    keep(b"first", home)
    assert [store.add_key(home) for _ in range(9)][-1] == "documents-10"
    kept = keep(b"tenth", home, version=ANOTHER)
    for number in range(1, 10):
        (home.secrets / f"documents-{number}").unlink()
    assert opened(kept, home, version=ANOTHER) == b"tenth"


def swept(home: Home, *known: UUID, after: timedelta) -> store.Swept:
    def ask(versions: Collection[UUID]) -> set[UUID]:
        return set(versions) & set(known)

    return store.sweep(home=home, known=ask, at=datetime.now(UTC) + after)


def test_only_an_old_file_without_a_row_is_set_aside(home: Home) -> None:
    kept, orphan = keep(b"kept", home), keep(b"orphan", home, version=ANOTHER)
    assert swept(home, VERSION, after=timedelta(hours=23)) == store.Swept(0, 0, 0)
    assert swept(home, VERSION, after=timedelta(hours=25)) == store.Swept(1, 0, 0)
    assert opened(kept, home) == b"kept"
    with pytest.raises(Damaged):
        opened(orphan, home, version=ANOTHER)


def test_a_file_set_aside_comes_back_with_its_row_or_goes_after_ninety_days(home: Home) -> None:
    orphan = keep(b"orphan", home)
    swept(home, after=timedelta(days=2))
    assert swept(home, after=timedelta(days=91)) == store.Swept(0, 0, 0)
    assert swept(home, VERSION, after=timedelta(days=91)) == store.Swept(0, 1, 0)
    assert opened(orphan, home) == b"orphan"
    swept(home, after=timedelta(days=100))
    assert swept(home, after=timedelta(days=191)) == store.Swept(0, 0, 1)
    assert not [path for path in home.documents.rglob("*") if path.is_file()]


def test_a_part_of_a_file_is_swept_and_what_an_operator_put_there_is_not(home: Home) -> None:
    keep(b"kept", home)
    folder = home.documents / str(VERSION)[:2]
    (folder / f"{ANOTHER}{store.PARTLY}00").write_bytes(b"half")
    (home.documents / "README").write_text("Do not touch.")
    assert swept(home, VERSION, after=timedelta(days=2)) == store.Swept(0, 0, 1)
    assert (home.documents / "README").exists()
