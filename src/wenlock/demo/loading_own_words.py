"""What invented children wrote in an application: two that Amara has seen, one of them answered."""

from datetime import date, timedelta
from uuid import UUID

from wenlock.agencies.actions import record_agency, record_agreement
from wenlock.demo.loading import Office
from wenlock.intake import actions, own_words
from wenlock.intake.actions import MIND_OF_MY_OWN, Named
from wenlock.intake.models import Mention
from wenlock.law.calendars import LONDON
from wenlock.people.queries import Brief, briefs
from wenlock.practice.case.queries import caseload
from wenlock.security.context import acting

YOUNGEST, OLDEST = 8, 17  # whom it is made for
# Days ago, what it was written on, and what the child wrote, slips and all.
WRITTEN = (
    (
        19,
        "My worker is visiting",
        "hi its me\n\ni dont like it when you come at the same time as Dad. i cant say things then.\n"
        "can you come to school instead? Tuesdays are best bcos its only art",
    ),
    (
        2,
        "Share good news",
        "I GOT THE PART IN THE PLAY!!! im the wolf :)\n\nwill you come and watch? its on the 18th",
    ),
)
ANSWER = "We agreed that visits will be at school, on Tuesdays after lunch. The school has a room for it."


def load_own_words(office: Office) -> int:
    """Record what a child of Amara's caseload wrote, who it was, and what was done. How many things there were."""
    child = _somebody(office)
    if child is None:
        return 0
    _agree(office)
    for number, (days, form, words) in enumerate(WRITTEN):
        key = _received(office, child, words, days=days, form=form, number=number)
        _found(office, key, child.id)
        if number == 0:
            _answered(office, key, on=(office.at - timedelta(days=days - 3)).astimezone(LONDON).date())
    return len(WRITTEN)


def _somebody(office: Office) -> Brief | None:
    amara, today = office.actors["amara"], office.at.astimezone(LONDON).date()
    with acting(actor=amara.pk, purpose=office.purpose):
        mine = briefs([case.person for case in caseload(actor=amara, at=office.now())])
    ages = {one.id: one.age(on=today) for one in mine.values()}
    return next((one for one in mine.values() if YOUNGEST <= (ages[one.id] or 0) <= OLDEST), None)


def _agree(office: Office) -> None:
    dilys, gwen = office.actors["dilys"], office.actors["gwen"]
    with acting(actor=dilys.pk, purpose=office.purpose):
        provider = record_agency(source=MIND_OF_MY_OWN, name="Mind Of My Own", by=dilys, at=office.at)
    with acting(actor=gwen.pk, purpose="information-rights"):
        record_agreement(
            agency=provider, reference="CON-2025-0417", role="processor", from_on=date(2025, 4, 1), by=gwen,
            at=office.at,
        )  # fmt: skip


def _received(office: Office, child: Brief, words: str, *, days: int, form: str, number: int) -> UUID:
    by, name = actions.way_in(MIND_OF_MY_OWN), child.name.split()
    named = Named(given=name[0], family=name[-1], born_on=child.born_on, relationship="themself")
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        return own_words.receive_own_words(
            words=words, written_at=office.at - timedelta(days=days, hours=3), child=named, form=form,
            partner_key=f"demo-{number}", danger="no", by=by, at=office.at,
        )  # fmt: skip


def _found(office: Office, key: UUID, person: UUID) -> None:
    """The front door finds who wrote it, and decides that nothing more is needed than the child's own worker."""
    dilys = office.actors["dilys"]
    with acting(actor=dilys.pk, purpose=office.purpose):
        mention = Mention.objects.select_related("contact").get(contact__own_words=key)
        actions.match(mention=mention, person=person, by=dilys, at=office.at)
        actions.decide(
            contact=mention.contact, outcome="information", seen="What the child wrote",
            reason="The child's own worker answers", by=dilys, at=office.at,
        )  # fmt: skip


def _answered(office: Office, key: UUID, *, on: date) -> None:
    amara = office.actors["amara"]
    with acting(actor=amara.pk, purpose=office.purpose):
        own_words.answer(own_words=key, done=ANSWER, told_on=on, how="face-to-face", by=amara, at=office.at)
