"""What may leave at all, column by column: the fields of a return, and the columns of a record. Written by set-up."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DOOR, TableGrant
from wenlock.security.fields import key
from wenlock.security.rows import granted
from wenlock.sharing import codes


class Definition(models.Model):
    """The fields a return consists of in a form of it, each with the notice's category; written by set-up alone."""

    id = key()
    code = models.CharField(max_length=20)
    field = models.CharField(max_length=80)
    category = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["code", "field"], name="sharing_definition_field_once"),
            TableGrant(name="sharing_definition_door_may", role=DOOR, privileges="SELECT"),
            *granted("sharing_definition", app="SELECT", guard=""),
        ]


class Shareable(models.Model):
    """A column of a record that may be shared, its category, and how its row leads to the person it is about.

    `of_family`: it may also be shared of somebody the child's relationships name. Written by set-up alone, from the
    same classification that the tables' own triggers keep to.
    """

    id = key()
    table_name = models.CharField(max_length=63)
    column_name = models.CharField(max_length=63)
    category = models.CharField(max_length=60)
    way = models.CharField(max_length=10)
    of_family = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["table_name", "column_name"], name="sharing_shareable_column_once"),
            CheckConstraint(name="sharing_shareable_way_is_known", condition=Q(way__in=list(codes.WAYS))),
            TableGrant(name="sharing_shareable_door_may", role=DOOR, privileges="SELECT"),
            *granted("sharing_shareable", app="SELECT"),
        ]
