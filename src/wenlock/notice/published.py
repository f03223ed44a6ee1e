"""The versions of the notice as published, for whoever shows them: small to ask for, and read back once.

A version never changes, so what is made of one is kept by its id; only the day it ends is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from wenlock.notice import rendering
from wenlock.notice.declared import Notice
from wenlock.notice.models import Version
from wenlock.notice.queries import NoNoticeInForce
from wenlock.notice.restoring import notice_of


class NoSuchVersion(LookupError):
    """No version of the notice has that number."""


@dataclass(frozen=True)
class Published:
    """One version, without its text. In force in [in_force_from, in_force_until); None means no known end."""

    id: UUID
    number: int
    authority: str
    controller: str
    in_force_from: date
    in_force_until: date | None
    sha256: str
    published_at: datetime
    published_by: str

    def in_force(self, on: date) -> bool:
        """Say whether it is in force on the day."""
        return self.in_force_from <= on and (self.in_force_until is None or on < self.in_force_until)

    def state(self, on: date) -> str:
        """Whether on the day it is "In force", "To come" or "Ended"."""
        if self.in_force(on):
            return "In force"
        return "To come" if on < self.in_force_from else "Ended"

    @property
    def notice(self) -> Notice:
        """What it declares."""
        return content(self.id)

    @property
    def page(self) -> rendering.Page:
        """What the public sees."""
        return page(self.id)


_FIELDS = tuple(Published.__dataclass_fields__)


def in_force(*, on: date) -> Published:
    """The version in force on a day. One small query. Raises NoNoticeInForce."""
    row = (
        Version.objects.filter(in_force_from__lte=on).order_by("-in_force_from").values_list(*_FIELDS).first()
    )
    found = Published(*row) if row else None
    if found is None or not found.in_force(on):
        raise NoNoticeInForce
    return found


def everything() -> list[Published]:
    """Every version, newest first; one not yet in force may be among them."""
    return [Published(*row) for row in Version.objects.order_by("-number").values_list(*_FIELDS)]


def numbered(number: int) -> Published:
    """The version of that number. Raises NoSuchVersion."""
    row = Version.objects.filter(number=number).values_list(*_FIELDS).first()
    if row is None:
        raise NoSuchVersion(number)
    return Published(*row)


def canonical(version: UUID) -> bytes:
    """The version as data: the bytes that its `sha256` is of."""
    return bytes(Version.objects.values_list("canonical", flat=True).get(pk=version))


def warnings(version: UUID) -> list[str]:
    """What a person should look at in the version, as the compiler said it."""
    return list(Version.objects.values_list("warnings", flat=True).get(pk=version))


@lru_cache(maxsize=32)
def content(version: UUID) -> Notice:
    """What the version declares."""
    return notice_of(canonical(version))


@lru_cache(maxsize=32)
def page(version: UUID) -> rendering.Page:
    """What the public sees of the version."""
    return rendering.rendered(content(version))
