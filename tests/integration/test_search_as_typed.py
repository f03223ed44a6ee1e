"""Finding somebody however they are typed, in ten ways; and in none of them anybody beyond one's reach."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import PURPOSE, Cast
from tests.integration.test_search import find
from tests.integration.workspace_examples import trail
from wenlock.base.server import Server
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people import search
from wenlock.people.folding import folded
from wenlock.people.models import Name, Person
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.web.database import DATABASE

TODAY = date(2026, 11, 22)
# Elizabeth Rose Okafor-Knight, known as Bess, born Elizabeth O'Neill on 6 May 2014, of SY3 8ZZ.
WAYS = [
    ("misspelt", "Elizabeth Okafpr-Knigjt 2014", "likeness"),
    ("misspelt twice", "Elxzabeth Okafor-Knihht 6/5/2014", "likeness"),
    ("letters changed over", "Eilzabeth Okafor-Knight 2014", "letters"),
    ("as it sounds", "Elizabeth Okaphor-Nite 2014", "sound"),
    ("nickname", "Liz Okafor-Knight 2014", "nickname"),
    ("family name first", "Okafor-Knight Elizabeth 2014", "turned"),
    ("half of it", "Elizabeth Knight 2014", "half"),
    ("halves the other way round", "Elizabeth Knight Okafor 6 May 2014", "half"),
    ("another middle name", "Elizabeth Jane Okafor-Knight 2014", "name"),
    ("accents", "Élizabeth Rose Okafor‑Knight 2014", "name"),
    ("known as", "Bess Quarrie 2014", "as-known-as"),
    ("name at birth", "Elizabeth ONeill 2014", "as-birth"),
    ("name at birth in two", "Elizabeth O Neil 2014", "as-birth"),
    ("day and month changed over", "Elizabeth Okafor-Knight 5/6/2014", "birth-swapped"),
    ("a day out", "Elizabeth Okafor-Knight 5 May 2014", "birth-day-later"),
    ("a month out", "Elizabeth Okafor-Knight 06.06.2014", "birth-month-earlier"),
    ("a year out", "Elizabeth Okafor-Knight 6-May-2013", "birth-year-later"),
    ("number in small letters and spaces", "w 9 00 417", "number"),
    ("a number spaced", "943 476 5870", "number"),
    ("how a number begins", "W9004", "number-start"),
]
BY_POSTCODE = [
    ("district", "Elizabeth Okafor-Knight SY3", "postcode"),
    ("sector", "Elizabeth Okafir-Knight sy3 8", "postcode"),
    ("postcode", "Liz Okafor SY38ZZ", "postcode"),
]


@pytest.fixture
def beth(the: Cast) -> Iterator[Person]:
    """Elizabeth, whom nobody works with yet."""
    at = timezone.now()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        common = {"by": the.esme, "at": at, "provenance": provenance}
        beth = people.record_person(
            given="Elizabeth Rose",
            family="Okafor-Knight",
            born_on=date(2014, 5, 6),
            names=[
                {"kind": "known-as", "given": "Bess", "family": "Quarrie"},
                {"kind": "birth", "given": "Elizabeth", "family": "O'Neill"},
            ],
            **common,
        )
        people.identify(person=beth, scheme="NHS", value="9434765870", **common)
        people.identify(person=beth, scheme="LA-child-id", value="W900417", **common)
        people.record_address(people=[beth], lines=["1 High Row"], postcode="SY3 8ZZ", **common)
    yield beth


def whom(actor: Actor, typed: str) -> set[UUID]:
    return set(find(actor, typed))


@pytest.mark.parametrize(("way", "typed", "why"), WAYS + BY_POSTCODE)
def test_somebody_is_found_first_however_they_are_typed(
    way: str, typed: str, why: str, the: Cast, beth: Person
) -> None:
    found = find(the.esme, typed)
    assert next(iter(found)) == beth.pk
    assert why in found[beth.pk]


@pytest.mark.parametrize(("way", "typed", "why"), WAYS)
def test_the_front_door_finds_them_too(way: str, typed: str, why: str, the: Cast, beth: Person) -> None:
    assert why in find(the.dilys, typed)[beth.pk]


@pytest.mark.parametrize("typed", [typed for _, typed, _ in WAYS + BY_POSTCODE])
def test_nobody_finds_a_stranger_a_conflict_or_a_closed_record(typed: str, the: Cast, beth: Person) -> None:
    assert beth.pk not in whom(the.bashir, typed)
    assert beth.pk not in whom(the.amara, typed)
    at = timezone.now()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        security.declare_conflict(actor=the.dilys, person=beth.pk, kind="relative", by=the.dilys, at=at)
    assert beth.pk not in whom(the.dilys, typed)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        security.restrict(
            person=beth.pk,
            reason="A worker's daughter",
            names=[the.carys],
            review_on=date(2027, 6, 1),
            by=the.esme,
            at=at,
        )
    assert beth.pk not in whom(the.esme, typed)
    assert beth.pk not in whom(the.femi, typed)


@pytest.mark.parametrize("typed", [typed for _, typed, _ in BY_POSTCODE])
def test_nobody_is_found_by_an_address_once_it_is_protected(typed: str, the: Cast, beth: Person) -> None:
    assert "postcode" in find(the.esme, typed)[beth.pk]
    at = timezone.now()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.esme, at=at)
        people.record_address(
            people=[the.people.dawn], lines=["1, High Row"], postcode="SY3 8ZZ", confidential=True, by=the.esme, at=at,
            provenance=provenance,
        )  # fmt: skip
    assert "postcode" not in find(the.esme, typed).get(beth.pk, ())


def test_no_key_is_kept_of_a_protected_address(the: Cast, beth: Person, server: Server) -> None:
    with psycopg.connect(server.dsn(dbname=DATABASE)) as owner:
        keys = owner.execute(
            "SELECT keys FROM people_findable WHERE person_id = %s", [the.people.dawn.pk]
        ).fetchall()
        others = owner.execute(
            "SELECT keys FROM people_findable WHERE person_id = %s", [the.people.lee.pk]
        ).fetchall()
    assert keys and not any(key.startswith("p") for (row,) in keys for key in row)
    assert "pSY4" in others[0][0]


@pytest.mark.parametrize("typed", ["Dawn Ashdown SY8", "Mia Ashdown SY8 1", "Jay Ashdown SY8 1ZZ"])
def test_a_protected_address_is_not_found_by_its_postcode(typed: str, the: Cast) -> None:
    for who in (the.amara, the.carys, the.dilys, the.esme, the.femi):
        assert not any("postcode" in why for why in find(who, typed).values())


def test_where_somebody_lives_is_not_told_to_those_who_see_only_the_index(the: Cast) -> None:
    assert "postcode" in find(the.esme, "Lee Marsh SY4")[the.people.lee.pk]
    assert "postcode" in find(the.amara, "Lee Marsh SY4")[the.people.lee.pk]
    assert "postcode" not in find(the.dilys, "Lee Marsh SY4")[the.people.lee.pk]


def test_a_postcode_alone_finds_nobody(the: Cast) -> None:
    assert the.people.lee.pk not in find(the.esme, "SY4 5ZZ")


def test_what_is_corrected_is_found_as_it_now_stands(the: Cast, beth: Person) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.correct(beth, reason="The certificate says so", born_on=date(2009, 8, 7))
        known_as = Name.objects.get(person=beth, kind="known-as")
        people.correct(known_as, reason="Written wrongly", given="Tamsin", family="Rowlands")
    assert find(the.dilys, "Tamsin Rolands 2009")[beth.pk] == ("sound", "as-known-as", "birth")
    assert "birth" not in find(the.dilys, "Bess Quarrie 2014").get(beth.pk, ())


def test_the_recorded_name_that_answered_is_told(the: Cast, beth: Person) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        matches, _ = search.search(search.read("Liz Okafor-Knight", on=TODAY))
    assert [(match.reasons, match.matched) for match in matches if match.person == beth.pk] == [
        (("nickname",), "Elizabeth")
    ]


def test_a_search_by_postcode_is_written_down_without_it(the: Cast, beth: Person) -> None:
    find(the.esme, "Elizabeth Okafor SY3 8")
    event = trail(the, "searched")[-1]
    assert event.detail["kinds"] == ["name", "postcode"]
    assert "SY3" not in str(event.detail)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abzA'’ -‐éØłßœÞñ.´`/ü", max_size=30))
def test_the_database_folds_a_name_as_we_do(folding: psycopg.Connection[tuple[str]], written: str) -> None:
    row = folding.execute("SELECT guard.folded_v1(%s)", [written]).fetchone()
    assert row == (folded(written),)


@pytest.fixture(scope="module")
def folding(server: Server, django_db_setup: None) -> Iterator[psycopg.Connection[tuple[str]]]:
    with psycopg.connect(server.dsn(dbname=DATABASE)) as connection:
        yield connection
