"""Running the proof: structure, census and probe, statement by statement, in one transaction that is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from wenlock.notice.proof import structure
from wenlock.notice.proof.catalogue import Catalogue
from wenlock.notice.proof.registry import AMBER, GREEN, RED, Census, Counted, Probe, Proof, declared
from wenlock.notice.proof.stage import Stage

NOT_YET = "Nothing enforces this yet: the part of the system that keeps this promise is still to be built."
Heard = Callable[[str, str], None]


def prove(
    connection: psycopg.Connection[Any],
    *,
    statements: Iterable[tuple[str, str]],
    key: bytes,
    heard: Heard = lambda code, status: None,
) -> dict[str, dict[str, Any]]:
    """The evidence for each (code, text) of `statements`.

    `connection` is the prover's, with no transaction open or one whose changes are to be seen; all that is tried is
    undone. `heard` is told each answer as it comes.
    """
    proofs = declared()
    with connection.transaction(force_rollback=True):
        stage = Stage(connection, key=key)
        catalogue = Catalogue.read(connection)
        found = {}
        for code, text in statements:
            found[code] = _statement(text, proofs.get(code), stage, catalogue)
            heard(code, found[code]["status"])
    return found


def _statement(text: str, proof: Proof | None, stage: Stage, catalogue: Catalogue) -> dict[str, Any]:
    if proof is None:
        return {"text": text, "status": RED, "structure": [], "census": [], "probe": [], "reason": NOT_YET}
    evidence = {
        "structure": structure.check(list(proof.structure), catalogue),
        "census": [_count(item, stage) for item in proof.census],
        "probe": [_attempt(probe, stage) for probe in proof.probes],
    }
    status, reason = _judge(proof, evidence)
    return {"text": text, "status": status, **evidence, "reason": reason}


def _judge(proof: Proof, evidence: dict[str, list[dict[str, Any]]]) -> tuple[str, str]:
    """Green needs all three kinds of evidence, and each to be good; amber, a person besides; anything else is red."""
    for kind, rows in evidence.items():
        bad = [row for row in rows if not row["ok"]]
        if bad:
            return RED, f"{_titles(kind)}: {_first(bad[0])}"
        if not rows:
            return RED, f"There is no {kind} evidence."
    return (AMBER, proof.needs_a_person) if proof.needs_a_person else (GREEN, "")


def _titles(kind: str) -> str:
    return {
        "structure": "An object that refuses is missing",
        "census": "A row breaks the promise",
        "probe": "A violation was not refused",
    }[kind]


def _first(row: dict[str, Any]) -> str:
    about = row.get("object") or row.get("says") or row.get("attempt")
    return f"{about} ({row.get('detail') or row.get('got') or row.get('exceptions')})"


def _count(item: Census | Counted, stage: Stage) -> dict[str, Any]:
    try:
        with stage.undone():
            if isinstance(item, Counted):
                covered, broken = item.count(stage)
                exceptions, listed = len(broken), broken[:20]
            else:
                covered, exceptions, listed = stage.one(item.covered), stage.one(item.exceptions), []
                exceptions += covered < item.at_least
    except psycopg.Error as error:
        return {"says": item.says, "covered": 0, "exceptions": 0, "ok": False, "detail": _short(error)}
    return {
        "says": item.says,
        "covered": covered,
        "exceptions": exceptions,
        "ok": not exceptions,
        "listed": listed,
    }


def _attempt(probe: Probe, stage: Stage) -> dict[str, Any]:
    """Try it. Refused by the object expected is good; refused by another, or not at all, is not."""
    row = {"attempt": probe.attempt, "refused_by": "", "code": "", "ok": False}
    try:
        with stage.undone():
            got = probe.does(stage)
    except psycopg.Error as error:
        name, state = error.diag.constraint_name or "", error.sqlstate or ""
        met = next((word for word in (name, state) if word in probe.by), "")
        return row | {
            "refused_by": name or _short(error),
            "code": state,
            "ok": bool(met),
            "got": _short(error),
        }
    if got == 0 and "no rows" in probe.by:
        return row | {"refused_by": "row security: no rows", "code": "no rows", "ok": True}
    return row | {"got": "it was allowed" if got is None else f"{got} rows were got"}


def _short(error: psycopg.Error) -> str:
    return str(error).split("\n", 1)[0][:200]
