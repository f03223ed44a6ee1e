"""Deciding at a desk that two records are one person's: the list, the comparison, the merge and its undoing."""

from typing import Any

from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.merge_examples import begun, how, merged, two
from tests.integration.workspace_examples import at_work, said
from wenlock.people import actions as people
from wenlock.people.merging import history, standing
from wenlock.people.models import MatchProposal, Name
from wenlock.practice.case import actions as case
from wenlock.security.context import acting


def proposed(the: Cast) -> tuple[Any, Any, str]:
    """Kit and Christopher, who may be one, and the address of the page that compares them."""
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        kit, other = begun(the.esme), begun(the.esme, given="Christopher", born="2016-01-02")
        people.propose_match(
            person=kit.pk, other=other.pk, reasons=["Same address"], by=the.esme, at=timezone.now()
        )
    return kit, other, f"/work/duplicates/{kit.pk}/{other.pk}/"


def kept(kit: Any, other: Any, the: Cast) -> list[str]:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        return [str(key) for key in Name.objects.filter(person__in=[kit, other]).values_list("pk", flat=True)]


def test_a_pair_proposed_is_in_the_list_and_leads_to_the_two(the: Cast) -> None:
    _, _, address = proposed(the)
    page = at_work(the.esme).get("/work/duplicates/")
    assert "Kit Vale" in said(page) and "Same address" in said(page)
    assert address in page.content.decode()


def test_a_pair_is_shown_to_nobody_who_may_not_see_both(the: Cast) -> None:
    _, _, address = proposed(the)
    for actor in (the.carys, the.bashir, the.noel):
        assert "Kit" not in at_work(actor).get("/work/duplicates/").content.decode()
        assert at_work(actor).get(address).status_code == 404, actor.name
    assert at_work(the.dilys).get(address).status_code == 404  # sees that they are known, and no more


def test_what_differs_is_said_in_words(the: Cast) -> None:
    _, _, address = proposed(the)
    told = said(at_work(the.esme).get(address))
    assert "Date of birth 1 Feb 2016 2 Jan 2016 Different" in told
    assert "Sex Not known Not known Same" in told


def test_every_question_not_answered_is_asked_at_its_place(the: Cast) -> None:
    _, _, address = proposed(the)
    page = at_work(the.esme).post(address, {})
    assert page.status_code == 422
    for sentence in (
        "Select which record stands",
        "Select which date of birth is right",
        "Say why these are one person",
    ):
        assert said(page).count(sentence) == 2, sentence  # in the summary and at the question


def test_two_records_are_merged_as_somebody_chooses(the: Cast) -> None:
    kit, other, address = proposed(the)
    answers = {
        "stands": other.pk,
        "born_on": kit.pk,
        "kept": kept(kit, other, the),
        "reason": "His mother says so",
    }
    page = at_work(the.esme).post(address, answers, follow=True)
    assert "The two records are one" in page.content.decode()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        assert standing(kit.pk) == other.pk
        other.refresh_from_db()
        assert str(other.born_on) == "2016-02-01"
    assert "Nothing to decide" in said(at_work(the.esme).get("/work/duplicates/"))


def test_the_last_name_cannot_be_left_out_at_the_page(the: Cast) -> None:
    kit, _other, address = proposed(the)
    answers = {"stands": kit.pk, "born_on": kit.pk, "reason": "His mother says so"}
    page = at_work(the.esme).post(address, answers)
    assert page.status_code == 422 and "Keep at least one name" in said(page)


def test_whoever_will_see_more_is_named_and_agreed_to(the: Cast) -> None:
    kit, other, address = proposed(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        case.allocate(
            person=other.pk,
            role="case-worker",
            purpose=PURPOSE,
            by=the.esme.pk,
            at=timezone.now(),
            worker=the.bashir.pk,
        )
    assert "Bashir Khan will see what is in the record of Kit Vale (first)" in said(
        at_work(the.esme).get(address)
    )
    answers = {
        "stands": kit.pk,
        "born_on": kit.pk,
        "kept": kept(kit, other, the),
        "reason": "His mother says so",
    }
    assert "Say that those named need to see" in said(at_work(the.esme).post(address, answers))
    assert at_work(the.esme).post(address, answers | {"shown": "on"}).status_code == 302


def test_what_stops_a_merge_is_said_before_anything_is_asked(the: Cast) -> None:
    kit, other, address = proposed(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.relate(person=kit, other=other, kind="sibling", **how(the.esme))
    told = said(at_work(the.esme).get(address))
    assert "recorded as related to each other" in told and "Which record stands?" not in told


def test_two_people_are_not_proposed_again(the: Cast) -> None:
    kit, _, address = proposed(the)
    at_work(the.esme).post(f"{address}different/")
    assert "Nothing to decide" in said(at_work(the.esme).get("/work/duplicates/"))
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        assert MatchProposal.objects.get(person=kit).answer == "different"


def test_a_pair_nobody_proposed_is_answered_too(the: Cast) -> None:
    kit, christopher = two(the)
    at_work(the.esme).post(f"/work/duplicates/{kit.pk}/{christopher.pk}/different/")
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        assert MatchProposal.objects.get(person=kit).answer == "different"


def test_a_merge_is_undone_from_the_record(the: Cast) -> None:
    kit, christopher = two(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        made = merged(the.esme, kit, christopher)
    reader, address = at_work(the.esme), f"/work/people/{kit.pk}/merges/"
    assert "The school confirms it" in said(reader.get(address))
    assert "Say why these are two people" in said(reader.post(f"{address}{made}/apart/", {}))
    told = said(reader.post(f"{address}{made}/apart/", {"reason": "They are cousins"}, follow=True))
    assert "by Esme Clarke: They are cousins" in told
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        assert standing(christopher.pk) == christopher.pk
        assert history(kit.pk)[0].undone_by == "Esme Clarke"
    assert reader.get(f"{address}{made}/apart/").status_code == 404
