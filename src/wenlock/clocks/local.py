"""The authority's own numbers for the clocks that the law leaves to it, from its folder, each with its dates."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from wenlock.law.clock_catalogue import CLOCKS
from wenlock.law.clocks import Setting, SettingRefused
from wenlock.law.terms import Unit
from wenlock.notice.compiler_tables import File, read
from wenlock.notice.declared_fields import needed
from wenlock.notice.faults import Fault

log = logging.getLogger("wenlock.clocks")
FILE, TABLE = "authority.toml", "clock-setting"


@dataclass(frozen=True, kw_only=True)
class LocalSetting:
    """One number: for what began in [since, until), `setting` is `number`, in the unit of its clock.

    `set_by` is who decided it, and `code` only tells one from another in the file.
    """

    code: str
    setting: str = needed()
    number: int = needed()
    since: date = needed()
    set_by: str = needed()
    until: date | None = None

    def applies(self, on: date) -> bool:
        """Whether it is the number for what begins that day."""
        return self.since <= on and (self.until is None or on < self.until)


class SettingsFaulty(ValueError):
    """The authority's file does not say what it should. `faults` has each with its file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.place))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def declared() -> dict[str, tuple[Setting, Unit]]:
    """Every setting that some clock leaves to the authority, by code, with the unit it is in."""
    limits = (limit for clock in CLOCKS for rule in clock.rules for limit in rule.limits)
    return {limit.setting.code: (limit.setting, limit.within.unit) for limit in limits if limit.setting}


def local_settings() -> tuple[LocalSetting, ...]:
    """The authority's settings as its file has them. Raises SettingsFaulty, with every fault and its line."""
    return _read(Path(settings.AUTHORITIES) / settings.AUTHORITY)


def in_force(on: date) -> dict[str, int]:
    """The authority's numbers for what begins that day, by the code of the setting.

    A file that is wrong sets nothing and is told to the log: no child is turned away for it, and set-up refuses it.
    """
    try:
        return {each.setting: each.number for each in local_settings() if each.applies(on)}
    except SettingsFaulty as faulty:
        log.error("The limits of the law stand, since the council's own cannot be read: %s", faulty)
        return {}


@lru_cache(maxsize=8)
def _read(folder: Path) -> tuple[LocalSetting, ...]:
    faults: list[Fault] = []
    file = File(folder, FILE, faults.append)
    found = [read(file, (TABLE, code), LocalSetting, code=code) for code in file.table(TABLE)]
    sound = [each for each in found if each and _is_allowed(file, each)]
    for each in _overlapping(sound):
        _refuse(file, each, "since", "Another stands for the same days.", "Give the earlier one an “until”.")
    if faults:
        raise SettingsFaulty(faults)
    return tuple(sound)


def _is_allowed(file: File, each: LocalSetting) -> bool:
    known = declared()
    if each.setting not in known:
        choices = ", ".join(sorted(known))
        _refuse(file, each, "setting", f"No clock leaves “{each.setting}” to you.", f"Use one of: {choices}.")
        return False
    if each.until is not None and each.until <= each.since:
        _refuse(file, each, "until", "It ends before it begins.", "Give the day after its last.")
        return False
    try:
        known[each.setting][0].allowed(each.number)
    except SettingRefused as refused:
        _refuse(file, each, "number", str(refused), "Choose a number within that.")
        return False
    return True


def _refuse(file: File, each: LocalSetting, key: str, says: str, do: str) -> None:
    file.fault((TABLE, each.code, key), "clock-setting", f"{TABLE}.{each.code}", says, do)


def _overlapping(found: list[LocalSetting]) -> Iterator[LocalSetting]:
    ordered = sorted(found, key=lambda each: (each.setting, each.since))
    for earlier, later in pairwise(ordered):
        if earlier.setting == later.setting and earlier.applies(later.since):
            yield later
