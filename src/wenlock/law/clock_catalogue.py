"""Every clock that is declared, and the one place that finds one by its code."""

from wenlock.law import clocks_front_door, clocks_protection, clocks_rights, clocks_special_needs
from wenlock.law.clocks import Clock

CLOCKS: tuple[Clock, ...] = (
    *clocks_front_door.CLOCKS,
    *clocks_protection.CLOCKS,
    *clocks_rights.CLOCKS,
    *clocks_special_needs.CLOCKS,
)

BY_CODE = {clock.code: clock for clock in CLOCKS}
