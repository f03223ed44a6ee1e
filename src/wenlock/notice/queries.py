"""What the notice says, as the database has it: the version in force, and its statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wenlock.notice.models import Category, Channel, Purpose, SharingRule, Source, Statement, Version


class NoNoticeInForce(Exception):
    """No version of the notice is in force today, so nothing may be recorded: publish one."""


class NotInTheNotice(Exception):
    """The version in force names no such channel, source or purpose; `kind` and `code` say which."""

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"The notice in force names no {kind} called {code}.")
        self.kind, self.code = kind, code


@dataclass(frozen=True)
class StatementSaid:
    """One statement as published."""

    code: str
    section: str
    kind: str
    says: str


def version_in_force(*, on: date) -> Version:
    """The version in force on a day. Raises NoNoticeInForce."""
    found = Version.objects.filter(in_force_from__lte=on).order_by("-in_force_from").first()
    if found is None or (found.in_force_until and found.in_force_until <= on):
        raise NoNoticeInForce
    return found


def versions() -> list[Version]:
    """Every version, newest first."""
    return list(Version.objects.order_by("-number"))


def statements(version: Version) -> list[StatementSaid]:
    """The statements of a version, in the notice's order."""
    rows = Statement.objects.filter(version=version).order_by("position")
    return [StatementSaid(row.code, row.section, row.kind, row.says) for row in rows]


def declared(kind: str, code: str, *, version: Version) -> UUID:
    """The id of a channel, source or purpose by code in a version. Raises NotInTheNotice."""
    model: type[Any] = {"channel": Channel, "source": Source, "purpose": Purpose}[kind]
    found: UUID | None = model.objects.filter(version=version, code=code).values_list("id", flat=True).first()
    if found is None:
        raise NotInTheNotice(kind, code)
    return found


def purposes(*, on: date) -> dict[str, str]:
    """The purposes in force, code to name, in the notice's order."""
    rows = Purpose.objects.filter(version=version_in_force(on=on), in_force_from__lte=on)
    return {row.code: row.name for row in rows if not row.in_force_until or row.in_force_until > on}


def rule_for_return(definition: str, *, on: date) -> str:
    """The code of the sharing rule that names a return, in the version in force on a day; "" if none does."""
    rules = SharingRule.objects.filter(version=version_in_force(on=on), definition=definition).order_by(
        "code"
    )
    return rules.values_list("code", flat=True).first() or ""


def given_by(kind: str, *, on: date) -> frozenset[str]:
    """The codes of the sources given by a `kind` of giver (body, people or application), in the version in force."""
    rows = Source.objects.filter(version=version_in_force(on=on), giver=kind)
    return frozenset(rows.values_list("code", flat=True))


def named(kind: str, *, on: date) -> dict[str, str]:
    """The channels, sources or categories (`kind`) of the version in force, code to name, in the order of their names."""
    model: type[Any] = {"channel": Channel, "source": Source, "category": Category}[kind]
    rows = model.objects.filter(version=version_in_force(on=on)).order_by("name")
    return dict(rows.values_list("code", "name"))
