"""The authority's own time limits: read from its folder, dated, and refused with the line when they are wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import override_settings

from wenlock.clocks import commands, local
from wenlock.clocks.local import SettingsFaulty, declared, in_force, local_settings
from wenlock.law.clock_catalogue import CLOCKS

SCREENING = "front-door.contact-screening"
HEAD = '[authority]\nname = "Nowhere Council"\n'
Write = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    def write(text: str) -> None:
        (tmp_path / "nowhere").mkdir()
        (tmp_path / "nowhere" / "authority.toml").write_text(HEAD + text, encoding="utf-8")

    with override_settings(AUTHORITIES=tmp_path, AUTHORITY="nowhere"):
        yield write


def setting(code: str = "one", **changes: str) -> str:
    """One setting as the file has it, with some of its lines changed; a line changed to nothing is left out."""
    lines = {
        "setting": f'"{SCREENING}"',
        "number": "12",
        "since": "2026-11-01",
        "set_by": '"The board"',
    } | changes
    return f"[clock-setting.{code}]\n" + "".join(
        f"{key} = {value}\n" for key, value in lines.items() if value
    )


def test_a_setting_is_in_force_from_its_day_until_the_day_after_its_last(folder: Write) -> None:
    folder(setting(until="2027-01-01") + setting("two", number="8", since="2027-01-01"))
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [in_force(day).get(SCREENING) for day in days] == [None, 12, 12, 8]


def test_a_council_that_sets_nothing_has_the_limits_as_they_are_declared(folder: Write) -> None:
    folder("")
    assert local_settings() == ()
    assert in_force(date(2026, 11, 22)) == {}


@pytest.mark.parametrize(
    "text, line, says",
    [
        (setting(number="0"), 5, "may be set from 1 to 72, not to 0"),
        (setting(number="73"), 5, "may be set from 1 to 72, not to 73"),
        (setting(number='"a day"'), 5, "a whole number"),
        (setting(setting='"front-door.contact-scrutiny"'), 4, "No clock leaves “front-door.contact-scrutiny” to you"),
        (setting(setting='"front-door.referral-decision"'), 4, "No clock leaves"),
        (setting(until="2026-11-01"), 8, "It ends before it begins"),
        (setting(since="tomorrow"), 1, "cannot be read"),
        (setting(set_by=""), 3, "set_by"),
        (setting(hours="12"), 8, "means nothing here"),
        (setting() + setting("two", since="2027-01-01"), 11, "Another stands for the same days"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_file_and_line(
    text: str, line: int, says: str, folder: Write, caplog: pytest.LogCaptureFixture
) -> None:
    folder(text)
    with pytest.raises(SettingsFaulty) as refused:
        local_settings()
    assert says in str(refused.value)
    if "cannot be read" not in says:
        assert str(refused.value).startswith(f"authority.toml:{line}: ")
    # Nobody is turned away for it: the limits stand as they are declared, and the log says why.
    assert in_force(date(2026, 12, 1)) == {}
    assert "cannot be read" in caplog.text


def test_the_command_lists_what_may_be_set_and_what_is(folder: Write) -> None:
    folder(setting())
    told = CliRunner().invoke(commands.clocks, ["settings"])
    assert told.exit_code == 0, told.output
    assert f"{SCREENING}: 1 to 72 hours\n    12 for what begins from 2026-11-01: The board" in told.output


def test_the_command_refuses_a_file_that_is_wrong(folder: Write) -> None:
    folder(setting(number="99"))
    told = CliRunner().invoke(commands.clocks, ["settings"])
    assert told.exit_code == 1
    assert "authority.toml:5" in told.output


def test_only_local_practice_is_left_to_an_authority_and_all_of_it_is() -> None:
    left = {
        limit.setting.code
        for clock in CLOCKS for rule in clock.rules for limit in rule.limits
        if rule.is_local and limit.setting
    }  # fmt: skip
    assert left == set(declared())
    local_rules = [rule for clock in CLOCKS for rule in clock.rules if rule.is_local]
    assert all(limit.setting for rule in local_rules for limit in rule.limits)


@pytest.mark.parametrize("authority", sorted(each.name for each in Path(settings.AUTHORITIES).iterdir()))
def test_every_authority_that_comes_with_wenlock_is_sound(authority: str) -> None:
    with override_settings(AUTHORITY=authority):
        found = local_settings()
    assert authority != "shropshire" or {each.setting for each in found} == set(local.declared())
