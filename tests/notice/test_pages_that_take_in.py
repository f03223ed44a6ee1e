"""N5, N81 and N82: the pages by which something is told, and that the proof sees when they stop saying so."""

import psycopg
import pytest
from django.conf import settings

from wenlock.notice.proof.engine import prove
from wenlock.portal import proofs
from wenlock.portal.views import tell


def statuses(connection: psycopg.Connection, code: str) -> dict[str, dict]:
    return prove(connection, statements=[(code, "")], key=settings.CONTEXT_KEY)


@pytest.mark.parametrize("code", ["N5", "N81", "N82"])
def test_the_pages_carry_the_statement(code: str, prover: psycopg.Connection) -> None:
    found = statuses(prover, code)[code]
    assert found["status"] == "green", found["reason"]


def test_the_proof_covers_every_form_of_telling_us() -> None:
    assert set(proofs.pages_that_take_in()) == {f"/tell-us/{kind}/" for kind in tell.TITLES}


@pytest.mark.parametrize(
    "code, promise, says",
    [
        ("N81", tell.CAUTION, "does not say what cannot be guaranteed"),
        ("N82", tell.PRECAUTIONS, "does not say what to take care of"),
    ],
)
def test_a_page_that_stops_saying_it_turns_the_statement_red(
    code: str, promise: str, says: str, prover: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tell.says
    monkeypatch.setattr(tell, "says", lambda notice, asked: "" if asked == promise else whole(notice, asked))
    row = statuses(prover, code)[code]
    assert row["status"] == "red"
    assert len(row["census"][0]["listed"]) == len(tell.TITLES)
    assert says in row["census"][0]["listed"][0]
