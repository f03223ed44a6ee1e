"""What the OpenAPI document says is what the interface does, whatever is sent: schemathesis against the running site."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cast import recall
from tests.integration.own_words_examples import agreed
from tests.integration.partner_examples import a_partner
from tests.integration.partner_stage import partner_site
from wenlock.base.server import Server
from wenlock.partners import queries
from wenlock.partners.codes import SCOPES
from wenlock.partners.limits import Rate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES, SEED = "40", "20261122"


@pytest.fixture
def site(
    server: Server, django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    with django_db_blocker.unblock(), partner_site(server, tmp_path) as (address, _):  # type: ignore[attr-defined]
        yield address


def a_partner_of_every_kind() -> str:
    """The secret of a key for everything, of an application under an agreement."""
    the = recall()
    return a_partner(the, agreed(the).agency_id, scopes=list(SCOPES)).secret


def test_no_answer_is_one_that_the_document_does_not_give(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_end = Rate(calls=10**6, seconds=60, since=date(2026, 1, 1))
    monkeypatch.setattr(queries, "rate", lambda on: without_end)  # 429 has tests of its own
    (tmp_path / "schemathesis.toml").write_text(
        f'[auth.openapi.PartnersKey]\nbearer = "{a_partner_of_every_kind()}"\n', encoding="utf-8"
    )
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{site}/api/v1/openapi.json", "--checks", "all",
            "--max-examples", EXAMPLES, "--seed", SEED,
            "--generation-database", "none", "--suppress-health-check", "all",
        ],
        cwd=tmp_path, env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.integration.partner_hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert int(re.findall(r"(\d+) generated", done.stdout)[-1]) > 300  # it was asked, and asked much
