"""What the children in need census consists of: each element sent, where it is held, and its category.

The one door checks every element of a file against this, and the returns role may read the columns named
here and no others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wenlock.returns.cin import census, schema
from wenlock.returns.cin.elements import Element
from wenlock.sharing.actions import declare_definition

CODE = "cin"


@dataclass(frozen=True, slots=True)
class Place:
    """The table and column an element's value is read from, and the notice's category of it."""

    table: str
    column: str
    category: str


def _in(table: str, category: str, **columns: str) -> dict[str, Place]:
    return {field: Place(table, column, category) for field, column in columns.items()}


# By record of `census`, and its field.
PLACES: Mapping[type, Mapping[str, Place]] = {
    census.Child: {
        **_in("people_identifier", "identifiers", child_id="value", upn="value", former_upn="value"),
        **_in("people_identifierabsence", "identifiers", upn_unknown="reason"),
        **_in(
            "people_person",
            "identity",
            born_on="born_on",
            expected_on="expected_on",
            died_on="died_on",
            sex="sex",
        ),
        **_in("people_ethnicity", "ethnicity", ethnicity="code"),
        **_in("people_disability", "disability", disabilities="code"),
    },
    census.Episode: {
        **_in(
            "child_in_need_episode",
            "social-care-need",
            referred_on="referred_on",
            referral_source="referral_source",
            primary_need="primary_need",
            closed_on="closed_on",
            closure_reason="closure_reason",
            no_further_action="no_further_action",
        ),
        **_in("protection_initialconference", "protection", conference_on="held_on"),
    },
    census.Assessment: {
        **_in(
            "child_in_need_assessment",
            "social-care-need",
            started_on="began_on",
            internally_reviewed_on="internal_review_on",
            authorised_on="authorised_on",
        ),
        **_in("child_in_need_assessmentfactor", "social-care-need", factors="code"),
    },
    census.CinPlan: _in("child_in_need_plan", "social-care-need", started_on="began_on", ended_on="ended_on"),
    census.Section47: {
        **_in(
            "protection_section47enquiry",
            "protection",
            started_on="began_on",
            conference_due_on="conference_target_on",
            conference_not_required="conference_not_required",
        ),
        **_in("protection_initialconference", "protection", conference_on="held_on"),
    },
    census.ProtectionPlan: {
        **_in(
            "protection_protectionplan",
            "protection",
            started_on="began_on",
            ended_on="ended_on",
            previous_plans="previous_plans",
        ),
        **_in("protection_plancategory", "protection", initial_category="code", latest_category="code"),
        **_in("protection_reviewconference", "protection", reviewed_on="held_on"),
    },
}

# What the returns role reads besides, to put the values in their places: keys, order, dates of use, and the
# way in.
READ_BESIDES: Mapping[str, frozenset[str]] = {
    "people_person": frozenset({"id"}),
    "people_identifier": frozenset({"id", "person_id", "scheme", "position", "until_on"}),
    "people_identifierabsence": frozenset({"id", "person_id", "scheme"}),
    "people_ethnicity": frozenset({"id", "person_id"}),
    "people_disability": frozenset({"id", "person_id", "position", "from_on", "until_on"}),
    "child_in_need_episode": frozenset({"id", "person_id", "position", "provenance_id"}),
    "child_in_need_assessment": frozenset(
        {"id", "person_id", "episode_id", "factors_asked", "position", "provenance_id"}
    ),
    "child_in_need_assessmentfactor": frozenset({"id", "person_id", "assessment_id", "position"}),
    "child_in_need_plan": frozenset({"id", "person_id", "episode_id", "position", "provenance_id"}),
    "protection_section47enquiry": frozenset({"id", "person_id", "episode_id", "position", "provenance_id"}),
    "protection_initialconference": frozenset(
        {"id", "person_id", "episode_id", "enquiry_id", "position", "provenance_id"}
    ),
    "protection_protectionplan": frozenset({"id", "person_id", "episode_id", "position", "provenance_id"}),
    "protection_plancategory": frozenset({"id", "person_id", "plan_id", "position"}),
    "protection_reviewconference": frozenset({"id", "person_id", "plan_id", "position", "provenance_id"}),
    "returns_importbatch": frozenset({"id", "years", "provenance_id"}),
    "returns_importedchild": frozenset({"batch_id", "person_id", "position", "rows", "as_given"}),
}


def fields() -> dict[str, str]:
    """Every element that can be sent, by its path from Header or Child, with the notice's category of it.

    An element for which nothing is held yet is not there, so a file that has it does not pass the door.
    """
    return {
        path: category
        for top in (schema.HEADER, schema.CHILD)
        for path, category in _below(top, top.makes, "")
    }


def columns_read() -> dict[str, frozenset[str]]:
    """Every column the return is made from, by table: what the returns role may read, and no more."""
    read = dict(READ_BESIDES)
    for places in PLACES.values():
        for place in places.values():
            read[place.table] |= {place.column}
    return read


def declare(*, using: str) -> None:
    """Tell the door what this return consists of; `using` is the owner's connection: nobody else may."""
    declare_definition(code=CODE, fields=fields(), using=using)


def _below(element: Element, record: type | None, path: str) -> Iterator[tuple[str, str]]:
    here = f"{path}/{element.name}" if path else element.name
    record = element.makes or record
    assert record is not None
    if element.kind is not None:
        if record is census.Header:
            yield here, "practice-record"  # of nobody: whose return it is, and when it was made
        elif record in PLACES:
            yield here, PLACES[record][element.held_in or ""].category
    for part in element.parts:
        yield from _below(part, record, here)
