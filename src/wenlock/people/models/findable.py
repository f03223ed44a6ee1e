"""What people can be found by, however somebody types: made by the database from names, births and addresses."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.db import models

from wenlock.base.constraints import GUARD, RowPolicy
from wenlock.people.models.person import Name
from wenlock.security.fields import a_person
from wenlock.security.rows import granted, service_policies


class Findable(models.Model):
    """One name of somebody, folded, with the keys a search looks for: written by triggers, read by the search alone.

    A key is a letter for what it is and the thing itself: `fASHDOWN` a family name, `y2015` the year of birth,
    `pSY38` a postcode as far as its sector (`guard.name_keys_v1` lists them). No key is made of a protected address.
    It is not audited: every value is derived from rows that are.
    """

    name = models.OneToOneField(Name, primary_key=True, on_delete=models.CASCADE, related_name="+")
    person = a_person(db_index=False)
    born_on = models.DateField(null=True)
    given = ArrayField(models.TextField())
    family = ArrayField(models.TextField())
    keys = ArrayField(models.TextField())

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["person"], name="findable_by_person"),
            BTreeIndex(fields=["born_on"], name="findable_by_birth"),
            # Searches are many and new names few, so entries go to their place at once instead of a list to be read.
            GinIndex(fields=["keys"], name="findable_by_keys", fastupdate=False),
        ]
        constraints: ClassVar = [
            RowPolicy(name="people_findable_kept_by_guard", role=GUARD, using="true", with_check="true"),
            *service_policies("people_findable")[1:],
            *granted(
                "people_findable",
                app="",
                guard="SELECT, INSERT, UPDATE",
                prover="SELECT (name_id, person_id)",
            ),
        ]
