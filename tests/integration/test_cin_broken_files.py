"""A census file broken in over a thousand ways and brought in: taken whole and told of, or refused and
nothing kept.
"""

from collections import Counter
from functools import partial

from django.db import connection, transaction

from tests.cast import PURPOSE, Cast
from tests.integration.cin_stage import bring_in, cin_examples
from wenlock.returns.cin.faults import CensusRefused
from wenlock.security.context import acting
from wenlock.security.models import Actor

import test_cin_mutations  # isort: skip  # found through cin_stage: how files are broken

ROUNDS = 1200
TABLES = (
    "people_person", "people_identifier", "people_disability", "people_matchproposal", "notice_provenance",
    "child_in_need_episode", "child_in_need_assessment", "protection_protectionplan",
    "protection_reviewconference", "returns_importbatch", "returns_importedchild", "returns_importdifference",
)  # fmt: skip


def held(by: Actor) -> list[int]:
    """How many rows there are of what an import writes."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
    with acting(actor=by.pk, purpose=PURPOSE), connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return list(cursor.fetchone())


def outcome(data: bytes, by: Actor) -> str:
    """Bring a file in, hold the report to its word, and take it all back."""
    try:
        with transaction.atomic():
            report = bring_in(data, by)
            assert report.children == report.counts["begun"] + report.counts["recognised"]
            transaction.set_rollback(True)
    except CensusRefused as refused:
        assert refused.faults
        for fault in refused.faults:
            assert fault.line >= 1
            assert fault.reason[-1:] in (".", "?"), fault
        return "refused"
    return "taken"


def test_every_broken_file_is_taken_whole_or_refused_whole(the: Cast) -> None:
    nothing, told = held(the.femi), Counter[str]()
    bring = partial(outcome, by=the.femi)
    for count, (name, data) in enumerate(test_cin_mutations.mutations(cin_examples.full(), ROUNDS)):
        try:
            told[bring(data)] += 1
        except Exception as error:
            raise AssertionError(f"file {count}, {name}: {error!r}") from error
        if count % 100 == 0:
            assert held(the.femi) == nothing, name
    assert held(the.femi) == nothing
    assert sum(told.values()) == ROUNDS
    assert min(told["taken"], told["refused"]) > ROUNDS // 10, told


def test_entities_are_never_spelt_out_on_the_way_in(the: Cast) -> None:
    nested = b"".join(b'<!ENTITY %c "%s">' % (ord("b") + n, b"&%c;" % (ord("a") + n) * 10) for n in range(20))
    bomb = b'<!DOCTYPE Message [<!ENTITY a "boom">' + nested + b"]>"
    nothing = held(the.femi)
    assert outcome(cin_examples.full().replace(b"<Message>", bomb + b"<Message>&u;"), the.femi) == "refused"
    outside = b'<!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert outcome(cin_examples.full().replace(b"<Message>", outside + b"<Message>"), the.femi) == "refused"
    assert held(the.femi) == nothing
