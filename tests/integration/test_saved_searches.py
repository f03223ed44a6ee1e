"""A search a worker keeps: its words for them alone, repeated as a search like any other, and forgotten whole."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import at_work, said
from wenlock.people import saved
from wenlock.people.models import SavedSearch
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound


def searched(browser: Any, words: str = "Ashdown") -> str:
    """The address of what a search found."""
    return str(browser.post("/work/people/", {"q": words})["Location"])


def keep(browser: Any, title: str, words: str = "Ashdown") -> Any:
    return browser.post(f"{searched(browser, words)}keep/", {"title": title})


def kept(by: Actor) -> list[tuple[str, str]]:
    with acting(actor=by.pk, purpose=PURPOSE):
        return [(each.title, each.words) for each in saved.saved_searches(owner=by)]


def test_a_search_is_kept_by_its_title_and_done_again_by_one_button(the: Cast) -> None:
    browser = at_work(the.amara)
    keep(browser, "Friday")
    page = browser.get("/work/people/").content.decode()
    assert "Friday" in page
    again = re.search(r'name="q" value="([^"]+)"', page)
    assert again is not None
    assert "Mia Ashdown" in said(browser.get(searched(browser, again[1])))


def test_a_kept_search_is_its_owners_alone(the: Cast) -> None:
    keep(at_work(the.amara), "Friday")
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        assert not SavedSearch.objects.exists()
        row = SavedSearch(owner=the.amara, title="Hers", words="Lee", saved_at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


def test_a_forgotten_search_leaves_no_word(the: Cast) -> None:
    browser = at_work(the.amara)
    keep(browser, "Friday")
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        row = SavedSearch.objects.get()
    browser.post(f"/work/people/searches/{row.pk}/forget/")
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        row.refresh_from_db()
        assert (row.title, row.words, row.ended_at is None) == ("", "", False)
        with pytest.raises(DatabaseError), transaction.atomic():
            SavedSearch.objects.filter(pk=row.pk).update(words="Ashdown")


def test_nobody_forgets_anothers_search(the: Cast) -> None:
    keep(at_work(the.amara), "Friday")
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        row = SavedSearch.objects.get()
    assert at_work(the.carys).post(f"/work/people/searches/{row.pk}/forget/").status_code == 404
    with acting(actor=the.carys.pk, purpose=PURPOSE), pytest.raises(NotFound):
        saved.forget_search(search=row.pk, by=the.carys, at=timezone.now())
    assert kept(the.amara) == [("Friday", "Ashdown")]


def test_a_title_used_already_is_refused_at_the_page_and_what_was_typed_stays(the: Cast) -> None:
    browser = at_work(the.amara)
    keep(browser, "Friday")
    answer = keep(browser, "friday", "Lee")
    assert answer.status_code == 422
    assert "You keep a search with this title already." in said(answer)
    assert 'value="friday"' in answer.content.decode()


def test_a_search_without_a_title_is_asked_for_one(the: Cast) -> None:
    answer = keep(at_work(the.amara), " ")
    assert (answer.status_code, "Enter what you want to call it" in said(answer)) == (422, True)


def test_past_twenty_searches_one_must_be_forgotten_first(the: Cast) -> None:
    browser = at_work(the.amara)
    for number in range(saved.MOST):
        keep(browser, f"Search {number}")
    assert "Forget one you no longer use" in said(keep(browser, "One more"))
    assert len(kept(the.amara)) == saved.MOST
