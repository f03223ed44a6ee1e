"""What a partner sends and is answered, in the words of the Department's own interface where it has them.

Strict: a field not named here is refused, a number is never taken for a text, and a control character is never kept.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from wenlock.intake.actions import ROOM, Named, Telling
from wenlock.intake.codes import OUTCOMES
from wenlock.partners.codes import FIELD_FAULTS, KINDS, WRONG_TYPE

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ISO_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
FIRST_YEAR, LAST_YEAR = (
    2000,
    9999,
)  # no child wrote in an application before, and no clock of ours counts further
PEOPLE = 20  # children, and adults, that one contact names at most
WORDS = 50_000  # letters


def a_day(value: Any) -> date | None:
    """The day a text names as YYYY-MM-DD. Raises ValueError for any other value: 0 is not the first day of 1970."""
    if value is None:
        return None
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise ValueError("not a day, written YYYY-MM-DD")
    return date.fromisoformat(value)


def an_instant(value: Any) -> datetime:
    """The instant a text names, as RFC 3339 writes it, with its offset. Raises ValueError for any other value."""
    if not isinstance(value, str) or not ISO_INSTANT.fullmatch(value):
        raise ValueError("not an instant, written as RFC 3339 has it")
    instant = datetime.fromisoformat(value.upper().replace("Z", "+00:00"))
    if not FIRST_YEAR <= instant.year < LAST_YEAR:
        raise ValueError("not of our time")
    return instant


def short(column: str, says: str) -> Any:
    """A text of one line, as long as the column of the front door that holds it; "" when nothing is sent."""
    return Field("", max_length=ROOM[column], pattern=r"^[^\x00-\x1f\x7f]*$", description=says)


Instant = Annotated[datetime, BeforeValidator(an_instant)]
Day = Annotated[date | None, BeforeValidator(a_day)]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=WORDS, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$"),
]


class Strict(Schema):
    """A body of which every field is named here and is of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SomebodyNamed(Strict):
    """A child or an adult, as far as they are known. Nothing is needed: send what there is."""

    first_name: str = short("given", "Given first name.")
    surname: str = short("family", "Family name.")
    date_of_birth: Day = Field(None, description="Day of birth, YYYY-MM-DD.")
    age: str = short("age_said", "Their age in words, where the day of birth is not known.")
    relationship: str = short("relationship", "Who they are to the child, or to you: mother, pupil.")
    where: str = short("where", "Where they live, or where they are now.")

    def named(self, mentioned_as: str) -> Named:
        """The same, as the front door takes it."""
        return Named(
            mentioned_as=mentioned_as, given=self.first_name, family=self.surname, born_on=self.date_of_birth,
            age_said=self.age, relationship=self.relationship, where=self.where,
        )  # fmt: skip


class Professional(Strict):
    """Who is telling: the person who knows the child, not the system that sends."""

    name: str = short("teller_name", "Their name.")
    role: str = short("teller_role", "Their work, such as designated safeguarding lead.")
    reach: str = short("teller_reach", "How to reach them today: a telephone number or an email.")


class ContactSent(Strict):
    """A contact: what somebody who works with a child is worried about, asks, or has to tell."""

    words: Words = Field(description="What there is to tell, in the words of whoever tells it.")
    danger: Literal["now", "today", "no", "unknown"] = Field(
        description="now: somebody is in danger now. today: it cannot wait until tomorrow. no: it can wait for the next "
        "working day. A contact with danger now is taken however often the key has called. Telephone 999 first."
    )
    kind: Literal["concern", "question", "change"] = Field(
        "concern", description="What sort of contact it is."
    )
    agreed: Literal["yes", "told", "unsafe", "not-asked"] = Field(
        "not-asked",
        description="Whether the family knows and agrees: yes; told, and does not agree; telling them is unsafe; not asked.",
    )
    in_confidence: bool = Field(False, description="Whether the family must not learn who told.")
    sent_by: Professional = Field(Professional(), description="Who is telling.")
    children: list[SomebodyNamed] = Field([], max_length=PEOPLE, description="The children it is about.")
    adults: list[SomebodyNamed] = Field([], max_length=PEOPLE, description="The adults it is about.")

    def telling(self, *, agency: UUID) -> Telling:
        """What is told, as the front door takes it. The agency is that of the key."""
        return Telling(
            kind=self.kind, words=self.words, teller="professional", teller_name=self.sent_by.name,
            teller_role=self.sent_by.role, teller_reach=self.sent_by.reach, in_confidence=self.in_confidence,
            danger=self.danger, agreed=self.agreed, agency=agency,
        )  # fmt: skip

    def about(self) -> tuple[Named, ...]:
        """Those it is about, the children first, each in the order they were sent."""
        children = [child.named("child") for child in self.children]
        return (*children, *(adult.named("adult") for adult in self.adults))


class OwnWordsSent(Strict):
    """What a child wrote in an application. It is kept letter for letter, and looked at the day it comes."""

    id: str = Field(
        min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._~:-]+$",
        description="Your own id of what was written. The same id is never taken twice.",
    )  # fmt: skip
    words: Words = Field(description="What the child wrote, whole and letter for letter.")
    written_at: Instant = Field(description="When the child sent it, with its offset from UTC.")
    danger: Literal["now", "today", "unknown"] = Field(
        "unknown",
        description="now: the child says that somebody is in danger now. It is then taken however often the key has called.",
    )
    form: str = Field(
        "",
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="What your application calls what was filled in.",
    )
    child: SomebodyNamed = Field(
        SomebodyNamed(date_of_birth=None), description="The child, as far as your application knows them."
    )


class ContactTaken(Schema):
    """The contact was taken. Keep the id, to ask later; say the reference on the telephone."""

    id: UUID
    reference: str = Field(pattern=r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")
    received_at: datetime
    status: Literal["received"] = "received"


class ContactProgress(Schema):
    """What became of a contact. The outcome is given once a worker has told whoever sent it."""

    id: UUID
    reference: str = Field(pattern=r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")
    received_at: datetime
    status: Literal["received", "decided"]
    outcome: Literal[tuple(each.code for each in OUTCOMES)] | None = None  # type: ignore[valid-type]


class Health(Schema):
    """The interface answers, and so does its database."""

    status: Literal["ok"] = "ok"


class FieldFault(Schema):
    """One field that is not as it should be. What was in it is never sent back."""

    field: str = Field(description="Where it is: children.0.date_of_birth, or header.Idempotency-Key.")
    code: Literal[tuple(dict.fromkeys((*FIELD_FAULTS.values(), WRONG_TYPE)))]  # type: ignore[valid-type]


class Problem(Schema):
    """A problem, as RFC 9457 writes them."""

    type: str
    title: str
    status: int
    code: Literal[tuple(kind.code for kind in KINDS)]  # type: ignore[valid-type]
    errors: list[FieldFault] = []
