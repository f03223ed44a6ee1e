"""The same notice has the same hash on any machine, and any change of meaning changes it."""

import json
from pathlib import Path

import pytest
from compiler_examples import changed, compiled, copied

from wenlock.notice.compiler import canonical


def test_comments_blank_lines_and_line_endings_leave_the_hash_alone(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = compiled(folder).sha256
    path = folder / "notice.toml"
    text = path.read_text(encoding="utf-8").replace("# Cookies", "# Biscuits").replace("\n\n", "\n\n\n")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    assert compiled(folder).sha256 == before


def test_one_letter_written_in_two_ways_leaves_the_hash_alone(tmp_path: Path) -> None:
    composed = changed(copied(tmp_path / "a"), "We never sell it.", "We never sell a résum\u00e9.")
    decomposed = changed(copied(tmp_path / "b"), "We never sell it.", "We never  sell a re\u0301sume\u0301. ")
    assert compiled(composed).sha256 == compiled(decomposed).sha256


@pytest.mark.parametrize(
    "old, new",
    [
        ("We never sell it.", "We never sold it."),
        ('ground = "consent"', 'ground = "consent"\nuntil = 2029-01-01'),
        ("value = 13", "value = 14"),
        ('categories = ["identity", "education"]', 'categories = ["education", "identity"]'),
    ],
)
def test_a_change_of_meaning_or_order_changes_the_hash(old: str, new: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = compiled(folder).sha256
    assert compiled(changed(folder, old, new)).sha256 != before


def test_the_canonical_notice_is_plain_sorted_json(tmp_path: Path) -> None:
    body = canonical(compiled(copied(tmp_path)).notice)
    plain = json.loads(body)
    assert json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == body
    assert plain["online_consent_ages"][0]["since"] == "2018-05-25"
