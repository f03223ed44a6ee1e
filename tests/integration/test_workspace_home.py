"""The worker's home leads to what a role may do, and to nothing else."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import SCHOOL, taken
from tests.integration.workspace_examples import at_work, said
from wenlock.intake.actions import Named
from wenlock.notice.provenance import obtained
from wenlock.people.actions import record_person
from wenlock.people.saved import keep_search
from wenlock.practice.case.actions import allocate
from wenlock.security.context import acting


def test_the_data_officer_is_led_to_imports_and_a_social_worker_is_not(the: Cast) -> None:
    # Once in the menu and once in the page itself.
    assert at_work(the.femi).get("/work/").content.decode().count('href="/work/import/"') == 2
    assert 'href="/work/import/"' not in at_work(the.amara).get("/work/").content.decode()


def test_whoever_screens_sees_the_most_urgent_contact_first_and_how_many_wait(the: Cast) -> None:
    taken(the.dilys, telling=replace(SCHOOL, danger="no"), about=(Named(given="Rhea", family="Late"),))
    taken(the.dilys, telling=replace(SCHOOL, danger="now"), about=(Named(given="Tom", family="First"),))
    page = said(at_work(the.dilys).get("/work/"))
    assert page.index("Tom First") < page.index("Rhea Late")
    assert "1 act now, 1 routine." in page


def test_whoever_does_not_screen_sees_no_contact(the: Cast) -> None:
    taken(the.dilys)
    assert "Contacts to decide on" not in said(at_work(the.amara).get("/work/"))


def test_everything_begun_is_listed_to_be_gone_on_with(the: Cast) -> None:
    contact = taken(the.dilys)
    browser = at_work(the.dilys)
    browser.post(f"/work/contacts/{contact.pk}/note/", {"text": "Rang the school", "draft": "yes"})
    browser.post("/work/contacts/take/", {"words": "He said that", "keep": "yes"})
    page = said(browser.get("/work/"))
    assert f"A screening note on {contact.reference}" in page
    assert "A contact, kept at" in page
    assert "A screening note on" not in said(at_work(the.esme).get("/work/"))


def test_a_child_nobody_works_with_comes_first_in_the_teams_list(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        how = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        child = record_person(
            given="Zachary", family="Zeal", born_on=date(2016, 1, 1), by=the.esme, at=at, provenance=how
        )
        allocate(
            person=child.pk, purpose=PURPOSE, by=the.esme.pk, at=at, role="team", team=the.teams["east"].pk
        )
    page = said(at_work(the.carys).get("/work/"))
    table = page[page.index("the team’s children") :]
    assert table.index("Zachary Zeal") < table.index("Mia Ashdown")


def test_a_kept_search_is_on_the_home_page(the: Cast) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        keep_search(title="Friday", words="Ashdown", by=the.amara, at=timezone.now())
    assert "Friday" in said(at_work(the.amara).get("/work/"))
