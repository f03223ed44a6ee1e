"""Whatever the database may refuse by name has a sentence for whoever is at the screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, UniqueConstraint

import wenlock
from wenlock.base.constraints import DbTrigger, Exclusion
from wenlock.base.sentences import sentences

SOURCE = Path(wenlock.__file__).parent
# Functions that refuse in the name of the trigger that called them.
REFUSERS = ("guard.refuse_v1", "guard.only_ends_v1", "guard.kept_but_for_a_merge_v1")
RAISED = re.compile(r"CONSTRAINT = '(\w+)'|door\.refuse_v1\('(\w+)'|CONSTRAINT (\w+) CHECK")


def declared() -> Iterator[str]:
    """The names that models declare."""
    for model in apps.get_models():
        if not model.__module__.startswith("wenlock."):
            continue
        for constraint in model._meta.constraints:
            refuses = isinstance(constraint, CheckConstraint | UniqueConstraint | Exclusion)
            if refuses or (isinstance(constraint, DbTrigger) and constraint.function in REFUSERS):
                yield constraint.name


def raised() -> Iterator[str]:
    """The names that SQL functions raise."""
    for file in sorted(SOURCE.rglob("sql/*.sql")):
        for names in RAISED.findall(file.read_text("utf-8")):
            yield next(name for name in names if name)


NAMES = sorted({*declared(), *raised()})


@pytest.mark.parametrize("name", NAMES)
def test_every_refusal_has_a_sentence(name: str) -> None:
    known = name in sentences()
    assert known, f"Say in the context's sentences.py what {name} means to whoever is at the screen."


def test_every_constraint_in_the_catalogue_has_a_sentence(db: None) -> None:
    """A constraint that Django names by itself, such as that of a one-to-one key, is found only here."""
    labels = tuple(
        f"{config.label}_%" for config in apps.get_app_configs() if config.name.startswith("wenlock.")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('u', 'x', 'c') AND connamespace = 'public'::regnamespace "
            # Whole numbers that may not be negative are checked by their type of field; no page lets one be typed.
            "AND conname LIKE ANY (%s) AND conname !~ '_check[0-9]*$'",
            [list(labels)],
        )
        found = {row[0] for row in cursor.fetchall()}
    assert len(found) > 50
    assert found - set(sentences()) == set()


def test_no_sentence_is_for_something_that_is_no_more() -> None:
    automatic = {name for name in sentences() if name.endswith("_id_key")}
    assert set(sentences()) - set(NAMES) - automatic == set()


@pytest.mark.parametrize("name", sorted(sentences()))
def test_a_sentence_is_one_for_people(name: str) -> None:
    said = sentences()[name]
    assert said.endswith("."), said
    assert said[0].isupper(), said
    assert not re.search(r"constraint|violat|null|_", said), said
