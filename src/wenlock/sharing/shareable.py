"""What of a record may be shared at all: the tables, the way each leads to the person, and the columns that may leave.

The category of a column is the one its context declares in `held`; nobody who shares chooses it. Plumbing never leaves.
Of the guarded columns those named here may, since to decide on them is what the door is for; a protected address is
refused row by row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import transaction

from wenlock.base.held import REGISTRY
from wenlock.base.identifiers import new_id
from wenlock.people import codes as people
from wenlock.practice.child_in_need import codes as need
from wenlock.practice.protection import codes as protection
from wenlock.sharing.models import Shareable


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows may be shared. `title` names one row; `way` is of codes.WAYS; `less` are columns left out.

    `of_family`: it may be shared of somebody the child's relationships name, too. `codes` are the words for the codes in
    a column whose own field does not know them.
    """

    model: str
    title: str
    way: str = "person"
    of_family: bool = False
    less: frozenset[str] = frozenset()
    guarded: frozenset[str] = frozenset()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the table."""
        return apps.get_model(self.model)._meta.db_table

    def columns(self) -> dict[str, str]:
        """Each column that may leave, with the notice's category of it."""
        held = REGISTRY[self.model]
        categories = dict(held.categories())
        closed = set(held.guarded) - self.guarded
        return {column: categories[column] for column in sorted(set(categories) - closed - self.less)}


SHAREABLE = (
    Kept("people.Name", "Name", of_family=True, less=frozenset({"from_on", "until_on"})),
    Kept(
        "people.Person",
        "Birth and sex",
        way="self",
        of_family=True,
        less=frozenset({"gender", "professional", "birth_estimated"}),
        codes={"sex": people.SEXES},
    ),
    Kept("people.Identifier", "Number", less=frozenset({"questioned"})),
    Kept(
        "people.Address",
        "Address",
        way="address",
        of_family=True,
        guarded=frozenset({"lines", "postcode"}),
    ),
    Kept("people.ContactPoint", "How to reach them", of_family=True),
    Kept("people.Relationship", "Relationship", less=frozenset({"retracted_at"})),
    Kept("people.Language", "Language"),
    Kept("people.Ethnicity", "Ethnicity", codes={"code": people.ETHNICITIES}),
    Kept("people.Disability", "Disability", codes={"code": people.DISABILITIES}),
    Kept("people.CommunicationNeed", "Communication need"),
    Kept(
        "child_in_need.Episode",
        "Referral",
        less=frozenset({"referrer"}),
        codes={
            "referral_source": need.REFERRAL_SOURCES,
            "primary_need": need.PRIMARY_NEEDS,
            "closure_reason": need.CLOSURE_REASONS,
        },
    ),
    Kept("child_in_need.Assessment", "Assessment"),
    Kept("child_in_need.AssessmentFactor", "Factor found in an assessment", codes={"code": need.FACTORS}),
    Kept("child_in_need.Plan", "Child in need plan"),
    Kept("child_in_need.Visit", "Visit"),
    Kept("protection.StrategyDiscussion", "Strategy discussion"),
    Kept("protection.Section47Enquiry", "Section 47 enquiry"),
    Kept("protection.InitialConference", "Child protection conference"),
    Kept("protection.ProtectionPlan", "Child protection plan"),
    Kept("protection.PlanCategory", "Category of abuse", codes={"code": protection.ABUSE_CATEGORIES}),
    Kept("protection.ReviewConference", "Review conference"),
    Kept(
        "case.Note",
        "Note",
        way="note",
        less=frozenset({"significance", "final_at", "retracted_at", "retracted_because"}),
        guarded=frozenset({"text"}),
    ),
    Kept("case.DocumentVersion", "Document", way="document"),
)


def by_table() -> dict[str, Kept]:
    """Every table that may be shared from, by its name."""
    return {kept.table: kept for kept in SHAREABLE}


def declare(*, using: str) -> None:
    """Write into the database which columns may leave, and take out those that may not any more.

    `using` is the owner's connection, since nobody else may.
    """
    rows = list(_rows())
    with transaction.atomic(using=using):
        Shareable.objects.using(using).all().delete()
        Shareable.objects.using(using).bulk_create(rows)


def _rows() -> Iterator[Shareable]:
    for kept in SHAREABLE:
        for column, category in kept.columns().items():
            yield Shareable(
                id=new_id(),
                table_name=kept.table,
                column_name=column,
                category=category,
                way=kept.way,
                of_family=kept.of_family,
            )
