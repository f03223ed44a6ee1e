"""The few columns most tables share."""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, F, Q

from wenlock.base.identifiers import new_id


def key() -> "models.UUIDField[Any, Any]":
    """The primary key: random, made here, since a key made by the database comes back only to those who may read."""
    return models.UUIDField(primary_key=True, default=new_id, editable=False)


def code(length: int = 20, **options: Any) -> "models.CharField[Any, Any]":
    """A code of a declared set, held as written: letters, digits and hyphens."""
    return models.CharField(max_length=length, **options)


def an_actor(related: str = "+", **options: Any) -> "models.ForeignKey[Any, Any]":
    """The named human, or service account, that did something."""
    return models.ForeignKey("security.Actor", on_delete=models.PROTECT, related_name=related, **options)


def a_person(related: str = "+", **options: Any) -> "models.ForeignKey[Any, Any]":
    """The person a row is about."""
    return models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name=related, **options)


def a_provenance() -> "models.ForeignKey[Any, Any]":
    """How the information came: channel, source, purpose and the version of the notice in force."""
    return models.ForeignKey("notice.Provenance", on_delete=models.PROTECT, related_name="+")


def code_is_well_shaped(table: str, column: str) -> CheckConstraint:
    """A code is letters, digits and hyphens; whether it is in the set of the day is for the checks to question."""
    return CheckConstraint(
        name=f"{table}_{column}_is_a_code", condition=Q(**{f"{column}__regex": r"^[A-Za-z0-9-]*$"})
    )


def ends_after_it_begins(
    table: str, began: str, ended: str, *, unless_as_received: bool = True
) -> CheckConstraint:
    """A period may not end before it begins, unless the row is held just as a file gave it."""
    in_order = (
        Q(**{f"{ended}__isnull": True}) | Q(**{f"{began}__isnull": True}) | Q(**{f"{ended}__gte": F(began)})
    )
    return CheckConstraint(
        name=f"{table}_ends_after_it_begins",
        condition=in_order | Q(as_received=True) if unless_as_received else in_order,
    )
