"""Before a record is begun the likely ones are shown, and what the worker says of them is kept."""

from datetime import date

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import SCHOOL, taken
from tests.integration.merge_examples import begun
from tests.integration.workspace_examples import at_work, said
from wenlock.intake.actions import Named
from wenlock.intake.models import Mention
from wenlock.people.models import MatchProposal
from wenlock.security.context import acting

KITTY = Named(given="Kitty", family="Vayle", born_on=date(2016, 2, 1))


def place_of(the: Cast, named: Named = KITTY) -> str:
    """The page that finds the record of somebody a contact is about."""
    contact = taken(the.dilys, SCHOOL, (named,))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        mention = Mention.objects.get(contact=contact.pk)
    return f"/work/contacts/{contact.pk}/find/{mention.pk}/"


def kept(the: Cast) -> dict[str, tuple[str, str]]:
    """What is kept of each pair, by who the other is: the answer, and the reason given with it."""
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        return {
            str(row.other.names.first()): (row.answer, row.reasons[0])
            for row in MatchProposal.objects.select_related("other").order_by("proposed_at")
        }


def test_the_likely_ones_are_shown_with_why(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        begun(the.esme, given="Kitty", family="Vale")
    told = said(at_work(the.dilys).get(place_of(the)))
    assert "Kitty Vale" in told and "Date of birth matches" in told and "None of these" in told


def test_a_strong_likeness_refused_stays_for_somebody_else_to_look_at(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        begun(the.esme, given="Kitty", family="Vale")
    at_work(the.dilys).post(place_of(the), {"person": "new"})
    answer, reason = kept(the)["Kitty Vale"]
    assert answer == "" and "Dilys Owen began a record all the same" in reason
    assert "Kitty Vale" in said(at_work(the.esme).get("/work/duplicates/"))


def test_a_slight_likeness_refused_is_answered(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        begun(the.esme, given="Kitty", family="Vale", born="1971-07-09")
    at_work(the.dilys).post(place_of(the), {"person": "new"})
    assert kept(the)["Kitty Vale"][0] == "different"
    assert "Nothing to decide" in said(at_work(the.esme).get("/work/duplicates/"))


def test_looking_for_something_else_does_not_hide_who_is_likely(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        begun(the.esme, given="Kitty", family="Vale")
    told = said(at_work(the.dilys).post(place_of(the), {"q": "Zebedee Quux", "look": "yes"}))
    assert "Kitty Vale" in told


def test_one_who_is_chosen_leaves_nothing_to_decide(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kitty = begun(the.esme, given="Kitty", family="Vale")
    at_work(the.dilys).post(place_of(the), {"person": str(kitty.pk)})
    assert kept(the) == {}
