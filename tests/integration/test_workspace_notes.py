"""Notes from the page: drafts are their author's, a final note is corrected or retracted and never changed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import at_work, said, trail
from wenlock.law.calendars import LONDON
from wenlock.practice.case.models import Note
from wenlock.security import actions
from wenlock.security.context import acting


def typed(the: Cast, *, about: tuple[str, ...] = ("mia",), **changes: Any) -> dict[str, Any]:
    """A note as somebody types it, about yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    people = [str(getattr(the.people, name).pk) for name in about]
    return {
        "kind": "visit", "title": "Home visit", "text": "Mia showed me her drawings.\nShe slept well.",
        "happened_on_day": yesterday.day, "happened_on_month": yesterday.month, "happened_on_year": yesterday.year,
        "happened_time": "2:05pm", "about": people, f"seen_{people[0]}": "alone", "channel": "face-to-face",
        "source": "family", "finish": "yes", **changes,
    }  # fmt: skip


def address(the: Cast, part: str = "", whom: str = "mia") -> str:
    return f"/work/people/{getattr(the.people, whom).pk}/notes/{part}"


def write(the: Cast, who: str = "amara", **changes: Any) -> Any:
    return at_work(getattr(the, who)).post(address(the, "write/"), typed(the, **changes))


def notes(the: Cast, who: str = "amara", whom: str = "mia") -> str:
    return said(at_work(getattr(the, who)).get(address(the, whom=whom)))


def only(the: Cast, who: str = "amara") -> Note:
    with acting(actor=getattr(the, who).pk, purpose=PURPOSE):
        return Note.objects.get()


def test_a_final_note_is_read_by_whoever_works_with_the_child(the: Cast) -> None:
    assert write(the).status_code == 302
    note = only(the)
    assert note.final_at is not None
    assert (note.provenance.channel.code, note.provenance.source.code) == ("face-to-face", "family")
    assert note.happened_at.astimezone(LONDON).strftime("%H:%M") == "14:05"
    for who in ("amara", "carys"):
        page = notes(the, who)
        assert "Home visit" in page
        assert "Mia showed me her drawings." in page
        assert "About Mia Ashdown (seen alone)" in page


def test_a_note_about_several_children_is_in_each_ones_record(the: Cast) -> None:
    jay = the.people.jay.pk
    write(the, about=("mia", "jay"), **{f"seen_{jay}": "with-others"})
    for whom in ("mia", "jay"):
        page = notes(the, whom=whom)
        assert "Mia Ashdown (seen alone)" in page
        assert "Jay Ashdown (seen)" in page


def test_a_note_about_a_child_one_has_a_conflict_with_is_not_there_at_all(the: Cast) -> None:
    write(the, about=("mia", "jay"))
    assert "Home visit" not in notes(the, "esme")
    write(the, title="Another visit")
    assert "Another visit" in notes(the, "esme")


def test_only_those_whose_record_is_open_can_be_chosen(the: Cast) -> None:
    form = said(at_work(the.amara).get(address(the, "write/")))
    assert "Jay Ashdown" in form
    assert "Dawn" not in form
    response = write(the, about=("mia", "dawn"))
    assert response.status_code == 422
    assert write(the, about=("mia", "tom")).status_code == 422


def test_a_draft_is_its_authors_alone_until_it_is_final(the: Cast) -> None:
    response = _draft(the)
    note = only(the)
    assert response["Location"] == address(the, f"{note.pk}/draft/")
    assert note.final_at is None
    assert "Home visit" in notes(the)
    assert "A note: Home visit" in said(at_work(the.amara).get("/work/"))
    assert "Home visit" not in notes(the, "carys")
    assert at_work(the.carys).get(response["Location"]).status_code == 404
    assert at_work(the.carys).post(response["Location"], typed(the)).status_code == 404
    final = at_work(the.amara).post(response["Location"], typed(the, text="She spoke of school."))
    assert final.status_code == 302
    assert "She spoke of school." in notes(the, "carys")


def _draft(the: Cast, **changes: Any) -> Any:
    words = typed(the, **changes)
    del words["finish"]
    return at_work(the.amara).post(address(the, "write/"), words | {"draft": "yes"})


def test_a_draft_needs_no_title_and_no_words_and_a_final_note_both(the: Cast) -> None:
    assert _draft(the, title="", text="").status_code == 302
    response = write(the, title="", text="")
    assert response.status_code == 422
    assert "Enter a title" in said(response)
    assert "Say what happened" in said(response)


def test_nothing_is_recorded_without_saying_how_it_came(the: Cast) -> None:
    response = write(the, channel="", source="")
    assert response.status_code == 422
    assert "Select an answer to “Who did it come from?”" in said(response)
    assert write(the, source="marketing-list").status_code == 422


def test_a_draft_is_kept_while_it_is_typed_and_no_look_is_written_down(the: Cast) -> None:
    place = _draft(the)["Location"]
    reads = len(trail(the, "read"))
    client = at_work(the.amara)
    answer = client.post(place, typed(the, text="Half a sen"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content.decode().startswith("Draft kept at")
    assert only(the).text == "Half a sen"
    assert only(the).final_at is None
    assert len(trail(the, "read")) == reads
    unfinished = client.post(place, typed(the, happened_on_month="x"), headers={"HX-Request": "true"})
    assert unfinished.status_code == 204
    others = at_work(the.carys).post(place, typed(the, text="Changed"), headers={"HX-Request": "true"})
    assert others.status_code == 404
    assert only(the).text == "Half a sen"


def test_a_final_note_is_corrected_by_another_and_both_are_read(the: Cast) -> None:
    write(the)
    first = only(the)
    place = address(the, f"{first.pk}/correct/")
    form = at_work(the.carys).get(place).content.decode()
    assert 'value="Home visit"' in form
    assert at_work(the.carys).post(place, typed(the, text="She slept badly.")).status_code == 302
    page = notes(the)
    assert "Home visit Correction" in page
    assert "Home visit Corrected" in page
    assert "Mia showed me her drawings." in page
    assert "She slept badly." in page
    assert at_work(the.amara).get(place).status_code == 404


def test_a_final_note_cannot_be_opened_as_a_draft(the: Cast) -> None:
    write(the)
    place = address(the, f"{only(the).pk}/draft/")
    assert at_work(the.amara).get(place).status_code == 404
    assert at_work(the.amara).post(place, typed(the, text="Changed")).status_code == 404
    assert "drawings" in only(the).text


def test_two_who_correct_one_note_at_once_are_told_in_plain_words(the: Cast) -> None:
    """The second has the form open while the first saves: the database refuses, and its sentence is on the page."""
    write(the)
    first = only(the)
    from wenlock.practice.case import queries

    place = address(the, f"{first.pk}/correct/")
    at_work(the.carys).post(place, typed(the))
    standing = queries.Written.stands
    queries.Written.stands = property(lambda note: True)  # type: ignore[method-assign, assignment]
    try:
        response = at_work(the.amara).post(place, typed(the))
    finally:
        queries.Written.stands = standing  # type: ignore[method-assign]
    assert response.status_code == 422
    assert "Somebody has corrected this note already" in said(response)


def test_a_note_is_retracted_with_a_reason_and_stays_readable(the: Cast) -> None:
    write(the)
    place = address(the, f"{only(the).pk}/retract/")
    client = at_work(the.amara)
    assert "Say why it is retracted" in said(client.post(place, {"because": ""}))
    assert client.post(place, {"because": "Written in the wrong record"}).status_code == 302
    page = notes(the, "carys")
    assert "Home visit Retracted" in page
    assert "Written in the wrong record" in page
    assert "Mia showed me her drawings." in page
    assert client.get(place).status_code == 404


def test_what_has_not_happened_yet_cannot_be_noted(the: Cast) -> None:
    now = datetime.now(LONDON)
    later = now + timedelta(days=2)
    response = write(
        the, happened_on_day=later.day, happened_on_month=later.month, happened_on_year=later.year
    )
    assert response.status_code == 422
    assert "Day it happened must be on or before" in said(response)


def test_a_note_of_one_record_is_not_found_by_way_of_another(the: Cast) -> None:
    write(the)
    note = only(the).pk
    for part in ("draft", "correct", "retract"):
        assert at_work(the.amara).get(address(the, f"{note}/{part}/", whom="jay")).status_code == 404


@pytest.mark.parametrize("part", ["draft", "correct", "retract"])
def test_a_note_is_found_by_nobody_without_the_record(part: str, the: Cast) -> None:
    write(the)
    place = address(the, f"{only(the).pk}/{part}/")
    for who in ("bashir", "dilys", "noel"):
        assert at_work(getattr(the, who)).get(place).status_code == 404
        assert at_work(getattr(the, who)).post(place, typed(the)).status_code == 404


def test_work_that_ends_in_the_middle_of_a_draft_keeps_the_draft_and_refuses_to_finish_it(the: Cast) -> None:
    """Abuse test 8."""
    from wenlock.practice.case.actions import end_allocation
    from wenlock.practice.case.models import Allocation

    place = _draft(the)["Location"]
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        for allocation in Allocation.objects.filter(person=the.people.mia):
            end_allocation(allocation=allocation, by=the.esme.pk, at=timezone.now())
    client = at_work(the.amara)
    assert client.post(place, typed(the)).status_code == 404
    assert only(the).final_at is None
    assert "drawings" in only(the).text


def test_a_significant_note_is_on_the_drawn_timeline(the: Cast) -> None:
    write(the, significance="on", title="Mia told her teacher")
    body = at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/timeline/").content.decode()
    assert "Mia told her teacher" in body[body.index("<svg") : body.index("</svg>")]


def test_declaring_a_conflict_takes_ones_own_notes_too(the: Cast) -> None:
    write(the)
    note: UUID = only(the).pk
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        actions.declare_conflict(
            actor=the.amara, person=the.people.mia.pk, kind="relative", by=the.amara, at=timezone.now()
        )
        assert not Note.objects.filter(pk=note).exists()
