"""What pages of one thing need: notes, a document, a closed record, an emergency access and a census, committed."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.cast import PURPOSE
from tests.integration.cin_stage import cin_examples
from tests.journeys.family import Family
from tests.journeys.sharing_stage import sharing_papers
from tests.journeys.writing import wren_wrote
from wenlock.agencies.actions import record_agency
from wenlock.clocks import queries as due_clocks
from wenlock.intake import actions as intake
from wenlock.intake import changing
from wenlock.intake.actions import Named, Telling
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people import merging
from wenlock.people.comparing import ONE_OF_EACH
from wenlock.people.models import Name
from wenlock.portal.receiving import Sent, sealed
from wenlock.practice.case import actions as case
from wenlock.practice.case import documents
from wenlock.practice.case.actions import About
from wenlock.returns.cin.actions import import_census
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Actor


@dataclass(frozen=True)
class Paperwork:
    """The ids that fill an address, by the name of the argument they fill; `draft` fills a draft's."""

    ids: dict[str, str]
    draft: str


def paperwork(family: Family, by: Actor) -> Paperwork:
    """One of each, about the family. `by` is a manager who closes a record."""
    at = timezone.now()
    with acting(actor=family.ines.pk, purpose=PURPOSE):
        final, draft = _note(family, final=True), _note(family, final=False)
        document = documents.keep_document(
            about=[family.wren.pk], title="School report", document_class="report", dated_on=at.date(),
            stream=io.BytesIO(b"Wren reads well.\n"), file_name="report.txt", by=family.ines, at=at,
            provenance=obtained(channel="email", source="schools", purpose=PURPOSE, by=family.ines, at=at),
        )  # fmt: skip
        kept = people.keep_genogram(
            person=family.wren.pk,
            on=at.date(),
            occasion="court",
            why="For the first hearing",
            by=family.ines,
            at=at,
        )
    with acting(actor=by.pk, purpose=PURPOSE):
        other, merge = _recorded_again(family, by)
    with acting(actor=family.asa.pk, purpose=PURPOSE):
        access = security.open_in_emergency(
            person=family.finn.pk, reason_code="out-of-hours", reason="The team could not be reached", live_risk=False,
            purpose=PURPOSE, by=family.asa, at=at,
        )  # fmt: skip
    with acting(actor=by.pk, purpose=PURPOSE):
        closed = security.restrict(
            person=family.kerry.pk, reason="A colleague is her neighbour", names=[family.ines, family.orla],
            review_on=at.date() + timedelta(days=90), by=by, at=at,
        )  # fmt: skip
    with acting(actor=by.pk, purpose=PURPOSE):
        school = record_agency(source="schools", name="Bailey Head School", by=by, at=at)
        telling = Telling(
            kind="concern",
            words="He said he was hungry.",
            teller="professional",
            danger="now",
            agency=school.pk,
        )
        contact = intake.take_contact(
            telling=telling,
            received_at=at - timedelta(hours=30),
            about=[Named(given="Finn", family="Hollis", where="Oswestry")], channel="telephone", source="schools",
            purpose=PURPOSE, by=by, at=at,
        )  # fmt: skip
        mention = contact.mentions.get()
        intake.match(mention=mention, person=family.wren.pk, by=by, at=at)
        clock = next(each.id for each in due_clocks.due(at=at) if each.matter_id == contact.pk)
        told, whose = _told(family, by)
        complaint = intake.take_contact(
            telling=Telling(kind="complaint", complaint_about="unsure", words="Nobody rang me back.", teller="family"),
            about=[], channel="telephone", source="family", purpose=PURPOSE, by=by, at=at,
        )  # fmt: skip
        question = intake.take_contact(
            telling=Telling(kind="question", words="When does the family hub open?", teller="family"),
            about=[], channel="telephone", source="family", purpose=PURPOSE, by=by, at=at,
        )  # fmt: skip
    shared = sharing_papers(family, at)
    batch = import_census(
        stream=io.BytesIO(cin_examples.full()), file_name="cin-2026.xml", by=family.vera, at=at
    ).batch
    token = sealed(Sent(reference="K7QM-4PXD", kind="concern", urgency="immediate"), at=at)
    ids = {
        "person": family.wren.pk, "address": family.refuge, "note": final.pk, "document": document.pk,
        "restriction": closed.pk, "access": access.pk, "batch": batch, "genogram": kept.pk, "contact": contact.pk,
        "mention": mention.pk, "token": token, "other": other, "merge": merge, "clock": clock,
        "words": wren_wrote(family),
        "told": told.pk, "whose": whose.pk, "complaint": complaint.pk,
        "question": question.pk,
        **shared,
    }  # fmt: skip
    return Paperwork({name: str(key) for name, key in ids.items()}, draft=str(draft.pk))


def _recorded_again(family: Family, by: Actor) -> tuple[UUID, UUID]:
    """Wren's record begun twice more: one to compare, one merged into hers without its name, and that merge."""
    at = timezone.now()
    source = obtained(channel="telephone", source="schools", purpose=PURPOSE, by=by, at=at)
    other, same = (
        people.record_person(
            given=given, family="Hollis", born_on=date(2016, 5, 12), by=by, at=at, provenance=source
        )
        for given in ("Ren", "Jenny")
    )
    people.propose_match(
        person=family.wren.pk,
        other=other.pk,
        reasons=["Same family name", "Born in the same month"],
        by=by,
        at=at,
    )
    merge = merging.merge(
        person=family.wren.pk, other=same.pk, fields=dict.fromkeys(ONE_OF_EACH, family.wren.pk),
        aside=list(Name.objects.filter(person=same).values_list("pk", flat=True)),
        seen_by=[one.id for one in merging.who_would_see_more(person=family.wren.pk, other=same.pk)],
        reason="Her school knows her as Jenny", by=by, at=at,
    )  # fmt: skip
    return other.pk, merge


def _told(family: Family, by: Actor) -> tuple[Any, Any]:
    """A change matched with Wren, of whose teller it is known who they are, and that nothing can be done about a part of."""
    at = timezone.now()
    contact = intake.take_contact(
        telling=Telling(kind="change", words="We have a new telephone number.", teller="family", teller_name="Kerry Hollis"),
        about=[Named(given="Wren", family="Hollis")], channel="telephone", source="family", purpose=PURPOSE, by=by, at=at,
    )  # fmt: skip
    mention = intake.match(mention=contact.mentions.get(), person=family.wren.pk, by=by, at=at)
    changing.check_identity(
        contact=contact, how="in-person", words="I met her at home on Monday", satisfied=True, by=by, at=at
    )
    changing.decline(contact=contact, fact="birth", reason="The birth certificate was not seen", by=by, at=at)
    return contact, mention


def _note(family: Family, *, final: bool) -> Any:
    at = timezone.now()
    source = obtained(channel="face-to-face", source="self", purpose=PURPOSE, by=family.ines, at=at)
    return case.write_note(
        about=[About(family.wren.pk, True, True)], kind="visit", title="Home visit", text="She read to me.",
        happened_at=at, provenance=source.pk, by=family.ines.pk, at=at, final=final,
    )  # fmt: skip
