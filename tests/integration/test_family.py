"""The family of a person: who is in it for whom, what the page shows, and the genogram kept as it was."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import at_work, said, trail
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.genogram import Family, draw, lay_out
from wenlock.people.kept import genogram_kept, genograms_kept
from wenlock.people.kin import family_of, household, sibling_group
from wenlock.people.models import Genogram, GenogramMember, GenogramTie, Person
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.queries import NotFound

ON = date(2026, 11, 22)


def common(by: Any) -> dict[str, Any]:
    at = timezone.now()
    return {
        "by": by,
        "at": at,
        "provenance": obtained(channel="telephone", source="family", purpose=PURPOSE, by=by, at=at),
    }


@pytest.fixture
def kin(the: Cast) -> Iterator[SimpleNamespace]:
    """Mia's wider family, recorded by Esme: grandmother Joan, aunt Petra, her mother's partner Kit, and baby Bo."""
    folk = SimpleNamespace()
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        how = common(the.esme)

        def somebody(given: str, born: str | None, sex: str, **more: Any) -> Person:
            day = date.fromisoformat(born) if born else None
            return people.record_person(given=given, family="Hale", born_on=day, sex=sex, **more, **how)

        folk.joan, folk.petra = somebody("Joan", "1955-01-05", "F"), somebody("Petra", "1990-02-01", "F")
        folk.kit, folk.bo = somebody("Kit", "1987-07-07", "M"), somebody("Bo", "2021-04-04", "M")
        for child, parent, kind in (
            (the.people.dawn, folk.joan, "mother"),
            (folk.petra, folk.joan, "mother"),
            (folk.bo, the.people.dawn, "mother"),
            (folk.bo, folk.kit, "father"),
        ):
            people.relate(person=child, other=parent, kind=kind, **how)
        people.relate(person=the.people.mia, other=folk.joan, kind="grandparent", **how)
        people.relate(person=the.people.mia, other=folk.petra, kind="aunt-or-uncle", **how)
        people.relate(person=the.people.mia, other=folk.bo, kind="half-sibling", **how)
        people.relate(person=the.people.mia, other=folk.kit, kind="step-parent", same_household=True, **how)
        people.relate(person=the.people.dawn, other=folk.kit, kind="partner", **how)
        people.relate(person=the.people.dawn, other=the.people.lee, kind="former-partner", **how)
    yield folk


def family(the: Cast, who: str = "amara", whom: str = "mia", on: date = ON) -> Family:
    with acting(actor=getattr(the, who).pk, purpose=PURPOSE):
        return family_of(getattr(the.people, whom).pk, on=on)


def names(found: Family) -> set[str]:
    return {member.name.split()[0] for member in found.members}


def page(the: Cast, who: str = "amara", more: str = "") -> Any:
    return at_work(getattr(the, who)).get(f"/work/people/{the.people.mia.pk}/family/{more}")


def keep(the: Cast, who: str = "amara") -> Genogram:
    with acting(actor=getattr(the, who).pk, purpose=PURPOSE):
        return people.keep_genogram(
            person=the.people.mia.pk, on=ON, occasion="court", why="Final hearing", by=getattr(the, who), at=timezone.now()
        )  # fmt: skip


def test_the_family_reaches_grandparents_and_a_parents_other_children(the: Cast, kin: Any) -> None:
    found = family(the)
    assert names(found) == {"Mia", "Jay", "Dawn", "Lee", "Joan", "Petra", "Kit", "Bo"}
    rows = {family_name(found, spot.key): spot.row for spot in lay_out(found).spots}
    assert rows["Joan"] < rows["Dawn"] == rows["Petra"] == rows["Kit"] < rows["Mia"] == rows["Bo"]


def family_name(found: Family, key: str) -> str:
    return found.by_key[key].name.split()[0]


def test_brothers_and_sisters_are_told_as_far_as_their_parents_show(the: Cast, kin: Any) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        told = {one.key: (one.how, one.through) for one in sibling_group(the.people.mia.pk, on=ON)}
    assert told[str(the.people.jay.pk)] == ("Same parents", ("Lee Marsh", "Dawn Ashdown"))
    assert told[str(kin.bo.pk)] == ("One parent the same", ("Dawn Ashdown",))


def test_a_home_is_those_at_one_address_and_who_is_said_to_be_of_the_household(the: Cast, kin: Any) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        home = household(the.people.mia.pk, on=ON)
    assert [brief.name.split()[0] for brief in home.values()] == ["Kit", "Dawn", "Jay"]


def test_a_relationship_that_ended_is_told_as_ended_from_that_day(the: Cast, kin: Any) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.relate(
            person=kin.kit,
            other=kin.petra,
            kind="partner",
            from_on=date(2010, 1, 1),
            until_on=date(2015, 1, 1),
            **common(the.esme),
        )
    pair = {str(kin.kit.pk), str(kin.petra.pk)}
    for on, ended in ((date(2014, 12, 31), False), (date(2015, 1, 1), True)):
        (tie,) = [tie for tie in family(the, on=on).ties if {tie.person, tie.other} == pair]
        assert tie.ended is ended
    assert not [tie for tie in family(the, on=date(2009, 1, 1)).ties if {tie.person, tie.other} == pair]
    assert "Bo" not in names(family(the, on=date(2020, 1, 1)))


def test_nobody_hidden_is_in_the_family_nor_known_only_through_them(the: Cast, kin: Any) -> None:
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        how = common(the.amara)
        cousin = people.record_person(given="Nell", family="Hale", born_on=date(2012, 1, 1), sex="F", **how)
        people.relate(person=the.people.jay, other=cousin, kind="half-sibling", **how)
    assert "Nell" in names(family(the))
    # Esme has the whole service, and a conflict of interest with Jay.
    assert names(family(the, "esme")) == {"Mia", "Dawn", "Lee", "Joan", "Petra", "Kit", "Bo"}
    body = page(the, "esme").content.decode()
    assert "Dawn Ashdown" in body
    for hidden in ("Jay", "Nell", str(the.people.jay.pk), str(cousin.pk), "Not shown", "not shown"):
        assert hidden not in body, hidden


def test_a_stranger_has_no_family_to_see(the: Cast, kin: Any) -> None:
    for who in ("bashir", "noel", "harriet"):
        assert page(the, who).status_code == 404
        assert family(the, who).members == ()


def test_the_page_takes_the_full_record(the: Cast, kin: Any) -> None:
    assert page(the, "dilys").status_code == 404
    dawns = f"/work/people/{the.people.dawn.pk}/family/"
    assert at_work(the.amara).get(dawns).status_code == 404
    assert trail(the, "denied")[-1].detail["wanted"] == "family"


def test_the_page_draws_and_tells_the_family(the: Cast, kin: Any) -> None:
    response = page(the)
    body, words = response.content.decode(), said(response)
    assert 'role="img"' in body
    assert "Genogram of Mia Ashdown" in body
    assert "style=" not in body
    for telling in (
        "Joan Hale Grandparent 5 Jan 1955, 71", "Kit Hale Step-parent", "Birth mother (Children Act 1989 s.2)",
        "Same parents: Lee Marsh and Dawn Ashdown", "Living together",
    ):  # fmt: skip
        assert telling in words, telling
    assert f"/work/people/{kin.joan.pk}/" in body
    assert trail(the, "read")[-1].detail["part"] == "family"


def test_a_protected_address_gives_nothing_away(the: Cast, kin: Any) -> None:
    body = page(the).content.decode()
    assert "Home 1" in body
    for hidden in ("Larkrise", "SY8", "Mill Street"):
        assert hidden not in body


def test_the_page_asks_the_same_questions_however_many_relatives_there_are(the: Cast, kin: Any) -> None:
    client, address = at_work(the.amara), f"/work/people/{the.people.mia.pk}/family/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.get(address)
    few = asked()
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        how = common(the.amara)
        for number in range(6):
            cousin = people.record_person(given=f"Cousin{number}", family="Hale", born_on=None, **how)
            people.relate(person=the.people.mia, other=cousin, kind="cousin", **how)
    assert asked() == few
    assert few <= 24, few


def test_a_genogram_is_kept_and_redrawn_the_same_whatever_is_recorded_later(the: Cast, kin: Any) -> None:
    before = draw(lay_out(family(the)), title="x")
    one = keep(the)
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        people.relate(person=the.people.lee, other=kin.petra, kind="partner", **common(the.esme))
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        known, facts = genogram_kept(person=the.people.mia.pk, genogram=one.pk)
    assert (known.occasion, known.why, known.by, known.drawn_on) == (
        "For a court",
        "Final hearing",
        "Amara Lewis",
        ON,
    )
    assert draw(lay_out(family(the)), title="x") != before
    assert draw(lay_out(facts), title="x") == before


def test_somebody_closed_to_the_reader_since_is_not_in_a_kept_genogram(the: Cast, kin: Any) -> None:
    one = keep(the)
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        security.declare_conflict(
            actor=the.carys, person=the.people.lee.pk, kind="relative", by=the.carys, at=timezone.now()
        )
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        _, facts = genogram_kept(person=the.people.mia.pk, genogram=one.pk)
        assert not GenogramMember.objects.filter(person=the.people.lee.pk).exists()
        assert not GenogramTie.objects.filter(other=the.people.lee.pk).exists()
    assert names(facts) == {"Mia", "Jay", "Dawn", "Joan", "Petra", "Kit", "Bo"}
    response = page(the, "carys", f"kept/{one.pk}/")
    assert "Lee" not in said(response)
    assert "as it was on 22 November 2026" in said(response)


def test_a_genogram_is_not_read_from_another_record_nor_by_a_stranger(the: Cast, kin: Any) -> None:
    one = keep(the)
    with acting(actor=the.amara.pk, purpose=PURPOSE), pytest.raises(NotFound):
        genogram_kept(person=the.people.jay.pk, genogram=one.pk)
    for who in ("bashir", "dilys", "noel"):
        assert page(the, who, f"kept/{one.pk}/").status_code == 404
        with acting(actor=getattr(the, who).pk, purpose=PURPOSE):
            assert not Genogram.objects.exists() and not GenogramMember.objects.exists()


def test_what_was_kept_cannot_be_changed(the: Cast, kin: Any) -> None:
    keep(the)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        for model in (Genogram, GenogramMember, GenogramTie):
            for change in (
                lambda m=model: m.objects.update(recorded_at=timezone.now() + timedelta(1)),
                lambda m=model: m.objects.all()._raw_delete("default"),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    change()


def test_the_tables_owner_changes_nothing_kept_either(the: Cast, kin: Any) -> None:
    keep(the)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'people_genogram%_never_changed' AND tgenabled = 'O'"
        )
        assert len(cursor.fetchall()) == 3


def test_a_genogram_is_kept_from_the_page_with_what_it_is_for(the: Cast, kin: Any) -> None:
    client = at_work(the.amara)
    address = f"/work/people/{the.people.mia.pk}/family/"
    assert client.post(address + "keep/", {"occasion": "court", "why": " "}).status_code == 422
    response = client.post(
        address + "keep/", {"occasion": "conference", "why": "Initial conference"}, follow=True
    )
    assert "For a child protection conference: Initial conference" in said(response)
    assert "Initial conference" in said(client.get(address))
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert len(genograms_kept(person=the.people.mia.pk)) == 1


def test_nobody_keeps_a_genogram_of_a_record_not_open_to_them_in_full(the: Cast, kin: Any) -> None:
    for who in ("bashir", "dilys", "noel"):
        address = f"/work/people/{the.people.mia.pk}/family/keep/"
        response = at_work(getattr(the, who)).post(address, {"occasion": "court", "why": "Final hearing"})
        assert response.status_code == 404
        with pytest.raises(DatabaseError), acting(actor=getattr(the, who).pk, purpose=PURPOSE):
            people.keep_genogram(
                person=the.people.mia.pk, on=ON, occasion="court", why="x", by=getattr(the, who), at=timezone.now()
            )  # fmt: skip
