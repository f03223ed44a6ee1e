"""A genogram kept as it was on a day, for a court or a conference: the facts it is drawn from, a row for each.

Each person's facts are a row about that person, so that row security asks of each alone: whoever may not see somebody
now does not see them here either, nor that they were here.
"""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.people import codes, held
from wenlock.people.shared import by_person
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import about_a_person, seen_within


def never_changed(table: str) -> DbTrigger:
    """What was kept stays, for the owner of the tables too."""
    return DbTrigger(name=f"{table}_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1")


def only_with(table: str, what: str, condition: str) -> RowPolicy:
    """A further condition for seeing a row or making it, whatever else allows."""
    return RowPolicy(
        name=f"{table}_only_with_{what}", restrictive=True, using=condition, with_check=condition
    )


class Copied(models.Model):
    """A row of a genogram that is kept. It copies facts that have a provenance, and has none of its own."""

    id = key()
    person = a_person(related="%(class)ss")
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Genogram(Copied):
    """Whose genogram was kept, as of which day, for what and why; by whom and when."""

    drawn_on = models.DateField()
    occasion = models.CharField(max_length=12, choices=list(codes.GENOGRAM_OCCASIONS.items()))
    why = models.CharField(max_length=500)

    class Meta:
        indexes: ClassVar = [by_person("people_genogram")]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_genogram_occasion_is_known",
                condition=Q(occasion__in=list(codes.GENOGRAM_OCCASIONS)),
            ),
            CheckConstraint(name="people_genogram_says_why", condition=Q(why__regex=r"\S")),
            *about_a_person(
                "people_genogram", level="full", held=held.GENOGRAM, app="SELECT, INSERT", moves=()
            ),
            never_changed("people_genogram"),
        ]


def with_its_genogram(table: str, kept: Any, **options: Any) -> list[Any]:
    """What a row of a kept genogram needs: it is seen with the genogram, and with the person it is about."""
    return [
        *about_a_person(
            table,
            level="summary",
            write_level="summary",
            held=kept,
            app="SELECT, INSERT",
            moves=(),
            **options,
        ),
        only_with(table, "its_genogram", "EXISTS (SELECT 1 FROM people_genogram g WHERE g.id = genogram_id)"),
        never_changed(table),
    ]


class GenogramMember(Copied):
    """One of the people in a kept genogram: name, sex, birth and death, and tokens of where they lived."""

    genogram = models.ForeignKey(Genogram, on_delete=models.PROTECT, related_name="members")
    facts = models.JSONField()

    class Meta:
        indexes: ClassVar = [by_person("people_genogrammember")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["genogram", "person"], name="people_genogrammember_once"),
            *with_its_genogram("people_genogrammember", held.GENOGRAM_MEMBER),
        ]


class GenogramTie(Copied):
    """One relationship in a kept genogram: what `other` was to `person`. It takes the summary of both to see it."""

    genogram = models.ForeignKey(Genogram, on_delete=models.PROTECT, related_name="ties")
    other = a_person()
    pair_id = models.UUIDField()
    facts = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            by_person("people_genogramtie"),
            BTreeIndex(fields=["other"], name="genogramtie_by_other"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["genogram", "pair_id"], name="people_genogramtie_once"),
            *with_its_genogram("people_genogramtie", held.GENOGRAM_TIE, also=("other_id",)),
            only_with("people_genogramtie", "the_other", seen_within("other_id", "summary")),
        ]
