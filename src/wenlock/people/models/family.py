"""Who is who to whom. Each relationship is two rows, one in each person's record, made together by the database."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.people import codes, held
from wenlock.people.shared import Recorded, by_person, keeps_what_was
from wenlock.security.fields import a_person, ends_after_it_begins
from wenlock.security.rows import about_a_person


class Relationship(Recorded):
    """`other` is the `kind` of `person`. Parental responsibility is `other`'s for `person`, on a named basis."""

    other = a_person(related="related_from")
    pair_id = models.UUIDField()
    kind = models.CharField(
        max_length=20, choices=[(code, pair[0]) for code, pair in codes.RELATIONSHIPS.items()]
    )
    parental_responsibility = models.BooleanField(null=True, blank=True)
    responsibility_basis = models.CharField(
        max_length=30, choices=list(codes.RESPONSIBILITY_BASES.items()), blank=True
    )
    responsibility_from_on = models.DateField(null=True, blank=True)
    main_carer = models.BooleanField(null=True, blank=True)
    same_household = models.BooleanField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("people_relationship"),
            BTreeIndex(fields=["other"], name="people_relationship_by_other"),
            BTreeIndex(fields=["pair_id"], name="people_relationship_by_pair"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_relationship_kind_is_known", condition=Q(kind__in=list(codes.RELATIONSHIPS))
            ),
            CheckConstraint(name="people_relationship_is_to_another", condition=~Q(other=F("person"))),
            CheckConstraint(
                name="people_relationship_responsibility_has_a_basis",
                condition=Q(
                    parental_responsibility=True, responsibility_basis__in=list(codes.RESPONSIBILITY_BASES)
                )
                | (~Q(parental_responsibility=True) & Q(responsibility_basis=""))
                | Q(parental_responsibility__isnull=True, responsibility_basis=""),
            ),
            UniqueConstraint(fields=["pair_id", "person"], name="people_relationship_one_row_each_side"),
            UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=Q(until_on__isnull=True, retracted_at__isnull=True),
                name="people_relationship_once_at_a_time",
            ),
            ends_after_it_begins("people_relationship", "from_on", "until_on"),
            keeps_what_was("people_relationship"),
            RowPolicy(
                name="people_relationship_mirrored_by_guard", role=GUARD, command="INSERT", with_check="true"
            ),
            RowPolicy(
                name="people_relationship_mirror_ended_by_guard", role=GUARD, command="UPDATE", using="true"
            ),
            DbTrigger(
                name="people_relationship_mirrored",
                timing="AFTER",
                events="INSERT OR UPDATE",
                function="guard.mirror_relationship_v1",
            ),
            *about_a_person(
                "people_relationship",
                level="summary",
                held=held.RELATIONSHIP,
                # A relationship opens the other's summary, so nobody may make one to somebody they cannot see.
                extra_check="EXISTS (SELECT 1 FROM people_person o WHERE o.id = other_id)",
                guard="SELECT, INSERT, UPDATE (until_on, retracted_at)",
                moves=("person_id", "other_id"),
            ),
        ]
