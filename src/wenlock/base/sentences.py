"""What the database refuses, in a sentence that helps the person at the screen.

Every named refusal has a sentence in its context's `sentences.py`, as `SENTENCES = {name: sentence}`. They are gathered
upwards, so that this module knows no context.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import DatabaseError

NOT_ALLOWED = (
    "You cannot do this with this record. Your role or your work does not reach that far, or it has ended. "
    "If you think you should be able to, ask your manager."
)
_INSUFFICIENT_PRIVILEGE = "42501"


@cache
def sentences() -> dict[str, str]:
    """Every sentence of every context, by the name of what refuses. Raises ValueError when two claim one name."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.sentences"
        if name == __name__ or not app.name.startswith("wenlock.") or find_spec(name) is None:
            continue
        own: dict[str, str] = import_module(name).SENTENCES
        if twice := found.keys() & own.keys():
            raise ValueError(f"{name} says again what another context says: {', '.join(sorted(twice))}")
        found |= own
    return found


def refusal(error: DatabaseError) -> str:
    """The name of the constraint or trigger that refused; "" for a policy, which does not give its name away."""
    told = getattr(error.__cause__, "diag", None)
    return str(told.constraint_name or "") if told else ""


def explain(error: DatabaseError) -> str:
    """The sentence for a refusal; the same one for every refusal by row security, whatever its reason.

    A fault nobody foresaw is raised again, for the log and not for the reader.
    """
    sentence = sentences().get(refusal(error))
    if sentence:
        return sentence
    if getattr(error.__cause__, "sqlstate", "") == _INSUFFICIENT_PRIVILEGE:
        return NOT_ALLOWED
    raise error
