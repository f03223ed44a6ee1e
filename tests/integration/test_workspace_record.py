"""What a record shows at each level, what it never shows, and who is told that somebody looked."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import at_work, said, trail
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.models import ContactPoint, Language, Name, Warning
from wenlock.people.queries import Level, person_for
from wenlock.practice.child_in_need import actions as need
from wenlock.practice.protection import actions as protection
from wenlock.security.context import acting
from wenlock.security.queries import NotFound


def add(the: Cast, **more: Any) -> dict[str, Any]:
    """What recording needs, in the open transaction of whoever acts."""
    at = timezone.now()
    how = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.amara, at=at)
    return {"by": the.amara, "at": at, "provenance": how, **more}


def record(the: Cast, who: str = "amara", whom: str = "mia") -> str:
    return said(at_work(getattr(the, who)).get(f"/work/people/{getattr(the.people, whom).pk}/"))


def test_the_allocated_worker_sees_the_record(the: Cast) -> None:
    page = record(the)
    for words in (
        "Mia Ashdown", "14 March 2015", "Known as Mimi", "White British", "9434765919", "Dawn Ashdown",
        "Birth mother (Children Act 1989 s.2)", "Amara Lewis", "Assessment team East", "because: allocated worker",
    ):  # fmt: skip
        assert words in page, words


def test_the_front_door_sees_name_birth_and_whom_to_ask(the: Cast) -> None:
    page = record(the, "dilys")
    assert "Mia Ashdown" in page
    assert "14 March 2015" in page
    assert "Ask the team: your work does not open the record" in page
    assert "Assessment team East" in page
    for hidden in ("White British", "9434765919", "Dawn", "Amara Lewis", "Protected", "Timeline", "Lives"):
        assert hidden not in page, hidden


def test_a_parent_is_seen_in_summary_without_what_is_sensitive(the: Cast) -> None:
    page = record(the, whom="dawn")
    assert "You see a summary, because you work with their family" in page
    assert "Ethnic group" not in page
    assert "Timeline" not in page


def test_the_fetch_says_at_what_level_and_by_what_relationship(the: Cast) -> None:
    expected = [
        ("amara", "mia", Level.FULL, "case-worker"),
        ("carys", "mia", Level.FULL, "team"),
        ("carys", "rhea", Level.FULL, "team"),
        ("amara", "dawn", Level.SUMMARY, "family"),
        ("dilys", "mia", Level.INDEX, "whole service"),
        ("esme", "tom", Level.FULL, "whole service"),
    ]
    for who, whom, level, relationship in expected:
        actor = getattr(the, who)
        with acting(actor=actor.pk, purpose=PURPOSE):
            opened = person_for(actor, getattr(the.people, whom).pk)
        assert (opened.level, opened.relationship) == (level, relationship), (who, whom)


def test_a_look_is_written_down_with_level_purpose_and_part(the: Cast) -> None:
    at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/timeline/")
    event = trail(the, "read")[-1]
    assert (event.actor_id, event.person_id, event.purpose) == (the.amara.pk, the.people.mia.pk, PURPOSE)
    assert event.detail == {"level": "full", "relationship": "case-worker", "part": "timeline"}


def test_a_fetch_at_too_low_a_level_is_a_refusal_and_no_read(the: Cast) -> None:
    reads = len(trail(the, "read"))
    with acting(actor=the.dilys.pk, purpose=PURPOSE), pytest.raises(NotFound):
        person_for(the.dilys, the.people.mia.pk, wanted="full", part="notes")
    assert len(trail(the, "read")) == reads
    assert trail(the, "denied")[-1].detail["wanted"] == "notes"


def test_the_page_says_who_looked_when_and_for_what(the: Cast) -> None:
    record(the, "carys")
    at_work(the.bashir).get(f"/work/people/{the.people.mia.pk}/")
    page = said(at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/looked/"))
    assert "Carys Morgan Team manager, Works in the child’s team" in page
    assert "Bashir Khan Social worker Refused: record" in page
    assert "They tried to open it and were refused" in page
    assert "Services to children in need" in page


def test_looks_are_shown_a_page_at_a_time(the: Cast) -> None:
    for _ in range(52):
        with acting(actor=the.carys.pk, purpose=PURPOSE):
            person_for(the.carys, the.people.mia.pk)
    address = f"/work/people/{the.people.mia.pk}/looked/"
    assert "Page 1 of 2" in said(at_work(the.amara).get(address))
    assert "Page 2 of 2" in said(at_work(the.amara).get(address + "?page=2"))
    for odd in ("0", "-1", "²", "x", "9" * 40):
        assert at_work(the.amara).get(address, {"page": odd}).status_code == 200


def test_a_protected_address_is_masked_for_everybody_it_leads_to(the: Cast) -> None:
    for whom in ("mia", "dawn", "jay"):
        page = at_work(the.amara).get(f"/work/people/{getattr(the.people, whom).pk}/").content.decode()
        assert "Protected address" in page
        assert "Larkrise" not in page
        assert "SY8" not in page


def test_an_address_that_is_not_protected_is_shown(the: Cast) -> None:
    assert "3 Mill Street, Wem, SY4 5ZZ" in record(the, whom="lee")


def test_warnings_come_before_everything_else(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        people.record(
            Warning, person=the.people.mia, kind="risk-to-worker", detail="Do not visit alone", began_on=date(2026, 1, 5),
            review_on=date(2026, 6, 1), disclosed=True, agreed_by=the.carys, **add(the),
        )  # fmt: skip
    page = record(the)
    assert page.index("Do not visit alone") < page.index("About Mia Ashdown")
    assert "Its review was due on 1 June 2026" in page
    assert "Mia Ashdown (Mimi) Warning" in said(at_work(the.amara).get("/work/"))
    assert "Do not visit alone" not in record(the, "dilys")


def test_a_number_not_safe_to_use_is_never_a_link(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        for value, safe in (("07700 900111", False), ("07700 900222", True)):
            people.record(
                ContactPoint, person=the.people.mia, kind="mobile", value=value, safe_to_use=safe, **add(the)
            )
        people.record(Language, person=the.people.mia, name="Polish", interpreter_needed=True, **add(the))
    page = at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/").content.decode()
    assert "tel:07700900111" not in page
    assert "tel:07700900222" in page
    assert "Not safe to use" in page
    assert "interpreter needed" in page


def test_a_correction_is_told_with_its_reason(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        name = Name.objects.get(person=the.people.mia, kind="legal")
        people.correct(name, reason="Read from the birth certificate", given="Mia Rose")
    page = record(the)
    assert "Mia Rose Ashdown" in page
    assert "Name: given" in page
    assert "Read from the birth certificate Amara Lewis" in page


def test_family_whose_record_is_closed_to_the_reader_is_not_named(the: Cast) -> None:
    page = record(the, "esme")
    assert "Brother or sister" in page
    assert "Not shown to you" in page
    assert "Jay" not in page


def test_what_somebody_typed_is_never_taken_for_a_page(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        people.record(
            Name,
            person=the.people.mia,
            kind="alias",
            given="<script>alert(1)</script>",
            family="x",
            **add(the),
        )
    body = at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


@pytest.fixture
def protected(the: Cast) -> Cast:
    """Mia on a protection plan, after a referral, an assessment and an enquiry."""
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        common = add(the)
        how = {"by": the.amara.pk, "at": common["at"], "provenance": common["provenance"].pk}
        episode = need.record_referral(
            person=the.people.mia.pk, referred_on=date(2026, 5, 4), source="2A", need="N1", **how
        )
        need.record_assessment(
            episode=episode,
            began_on=date(2026, 5, 5),
            authorised_on=date(2026, 6, 8),
            factors=["3B", "16A"],
            **how,
        )
        talked = protection.record_strategy_discussion(
            person=the.people.mia.pk, episode=episode.pk, held_on=date(2026, 5, 20), agencies=["Police"],
            decided="section-47", **how,
        )  # fmt: skip
        enquiry = protection.record_enquiry(
            discussion=talked, ended_on=date(2026, 6, 1), outcome="substantiated-conference", **how
        )
        conference = protection.record_initial_conference(
            person=the.people.mia.pk,
            episode=episode.pk,
            held_on=date(2026, 6, 9),
            enquiry=enquiry,
            chair=the.carys.pk,
            **how,
        )
        plan = protection.record_protection_plan(
            conference=conference, category="NEG", previous_plans=1, **how
        )
        protection.record_review(
            plan=plan, held_on=date(2026, 9, 8), continues=True, due_on=date(2026, 9, 1), **how
        )
        need.record_visit(
            episode=episode,
            visited_on=date(2026, 6, 15),
            duty="cp",
            seen=True,
            seen_alone=True,
            visitor=the.amara.pk,
            **how,
        )
    return the


def timeline(the: Cast) -> Any:
    return at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/timeline/")


def test_the_timeline_tells_it_all_newest_first(protected: Cast) -> None:
    page = said(timeline(protected))
    story = page[page.index("2026 8 September") :]
    order = [
        "Review conference Late", "Child protection visit", "Child protection plan began", "Assessment finished",
        "Section 47 enquiry ended", "Strategy discussion", "Assessment began", "Referred by: School",
    ]  # fmt: skip
    places = [story.index(words) for words in order]
    assert places == sorted(places)
    for words in (
        "Category: Neglect. Plans before this one: 1.", "Factors found: Domestic abuse: parent or carer; Neglect.",
        "Seen alone.", "Main need: Abuse or neglect.", "Chaired by Carys Morgan",
    ):  # fmt: skip
        assert words in story, words


def test_the_timeline_is_drawn_and_told_as_a_table_too(protected: Cast) -> None:
    body = timeline(protected).content.decode()
    assert '<svg class="wl-svg"' in body
    assert "Child protection plan: Neglect, 9 June 2026 to still open" in body
    table = body[body.index("<table") :]
    assert "Strategy discussion" in table
    assert "Still open" in table


def test_a_plan_stands_out_in_the_caseload(protected: Cast) -> None:
    assert "Child protection plan since 9 Jun 2026 15 Jun 2026" in said(
        at_work(protected.amara).get("/work/")
    )


@pytest.mark.parametrize(
    ("part", "limit"), [("", 36), ("timeline/", 32), ("looked/", 24), ("notes/", 22), ("family/", 24)]
)
def test_a_page_asks_the_same_questions_however_much_it_shows(part: str, limit: int, the: Cast) -> None:
    client = at_work(the.amara)
    address = f"/work/people/{the.people.mia.pk}/{part}"
    # What is listed with a note is fetched only where there is one, so there is one to begin with.
    _add_one_of_each(the, number=0)
    client.get(address)
    few = _asked(client, address)
    for number in range(1, 6):
        _add_one_of_each(the, number=number)
    assert _asked(client, address) == few
    assert few <= limit, few


def test_the_home_page_asks_the_same_questions_however_many_children_there_are(the: Cast) -> None:
    from wenlock.practice.case.actions import allocate

    client = at_work(the.carys)
    client.get("/work/")
    few = _asked(client, "/work/")
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        at = timezone.now()
        how = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        for number in range(8):
            child = people.record_person(
                given=f"Child{number}",
                family="Teamson",
                born_on=date(2016, 1, 1),
                by=the.esme,
                at=at,
                provenance=how,
            )
            given = {"person": child.pk, "purpose": PURPOSE, "by": the.esme.pk, "at": at}
            allocate(**given, role="team", team=the.teams["east"].pk)
            allocate(**given, role="case-worker", worker=the.amara.pk)
    assert "Child7 Teamson" in said(client.get("/work/"))
    assert _asked(client, "/work/") == few
    assert few <= 37, few


def _add_one_of_each(the: Cast, *, number: int) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        common, mia = add(the), the.people.mia
        people.record(ContactPoint, person=mia, kind="mobile", value=f"07700 90011{number}", **common)
        people.identify(person=mia, scheme="supplier", value=f"OLD-{number}", **common)
        people.record_address(people=[mia], lines=[f"{number} New Road"], postcode="SY1 1ZZ", **common)
        cousin = people.record_person(given=f"Cousin{number}", family="Ashdown", born_on=None, **common)
        people.relate(person=mia, other=cousin, kind="cousin", **common)
        _a_note(the, common)


def _a_note(the: Cast, common: dict[str, Any]) -> None:
    from wenlock.practice.case.actions import About, write_note

    write_note(
        about=[About(the.people.mia.pk, seen=True, seen_alone=True)], kind="visit", title="Visit", text="Seen at home.",
        happened_at=common["at"], provenance=common["provenance"].pk, by=the.amara.pk, at=common["at"], final=True,
    )  # fmt: skip


def _asked(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
