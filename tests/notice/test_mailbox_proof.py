"""N8 is proved."""

import psycopg
from django.conf import settings

from wenlock.notice.proof.engine import prove


def test_n8(prover: psycopg.Connection) -> None:
    found = prove(prover, statements=[("N8", "")], key=settings.CONTEXT_KEY)["N8"]
    bad = [row for kind in ("structure", "census", "probe") for row in found[kind] if not row["ok"]]
    assert not bad, bad[0]
    assert found["status"] == "green"
