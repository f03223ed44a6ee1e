"""Every instrument the declarations may cite, and the one place that turns a reference into a provision."""

from difflib import get_close_matches

from wenlock.law import (
    care_regulations,
    children_act_2004,
    data_protection,
    families_and_social_work,
    guidance,
    leaving_care_and_adoption,
    other_acts,
)
from wenlock.law.children_act_1989 import CA1989
from wenlock.law.instruments import Instrument, NoSuchProvision, Provision

INSTRUMENTS: tuple[Instrument, ...] = (
    CA1989,
    *leaving_care_and_adoption.INSTRUMENTS,
    *children_act_2004.INSTRUMENTS,
    *families_and_social_work.INSTRUMENTS,
    *care_regulations.INSTRUMENTS,
    *data_protection.INSTRUMENTS,
    *other_acts.INSTRUMENTS,
    *guidance.INSTRUMENTS,
)

_BY_CODE = {i.code: i for i in INSTRUMENTS}


def instrument(code: str) -> Instrument:
    """The instrument of that code, as "CA1989". Raises NoSuchProvision."""
    if code not in _BY_CODE:
        raise NoSuchProvision(code, tuple(get_close_matches(code, _BY_CODE, n=3)))
    return _BY_CODE[code]


def find(reference: str) -> Provision:
    """The provision that a reference such as "CA1989 s.17(10)" names. Raises NoSuchProvision, with near
    matches."""
    code, _, number = reference.partition(" ")
    holder = instrument(code)
    try:
        return holder.find(number)
    except NoSuchProvision as error:
        near = get_close_matches(reference, [p.reference for p in holder.provisions], n=3)
        raise NoSuchProvision(reference, tuple(near)) from error
