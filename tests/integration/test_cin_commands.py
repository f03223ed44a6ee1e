"""`wenlock import cin` and `wenlock returns build cin`: who acts, what is said, and how it ends."""

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cast import PURPOSE, Cast
from tests.integration.cin_stage import a_stage, as_returns, bring_in, cin_examples
from wenlock.people.models import Person
from wenlock.returns import commands
from wenlock.returns.cin.releasing import release_census
from wenlock.security.context import acting

__all__ = ["a_stage"]


@pytest.fixture(autouse=True)
def nobody_named_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENLOCK_OPERATOR", raising=False)


def run(*words: object) -> Result:
    """The command, as an operator gives it."""
    group = {"import": commands.import_, "returns": commands.returns}[str(words[0])]
    return CliRunner().invoke(group, [str(word) for word in words[1:]])


@pytest.fixture
def census(tmp_path: Path) -> Path:
    file = tmp_path / "census.xml"
    file.write_bytes(cin_examples.full())
    return file


def test_a_file_is_brought_in_by_the_only_one_who_may(the: Cast, census: Path) -> None:
    result = run("import", "cin", census)
    assert result.exit_code == 0, result.output
    assert "census.xml: census of 2026, 3 children, brought in by Femi Adeyemi." in result.stdout
    assert "       3 children begun" in result.stdout
    assert "       1 possible matches proposed, for a person to decide" in result.stdout
    assert ", child WEN0001: UPN: The first letter does not agree" in result.stdout
    assert "See it at /work/import/" in result.stdout
    with acting(actor=the.femi.pk, purpose=PURPOSE):
        assert Person.objects.filter(provenance__recorded_by=the.femi).count() == 3


def test_brought_in_again_the_report_says_so(the: Cast, census: Path) -> None:
    run("import", "cin", census)
    assert (
        "This very file had been brought in before. Nothing was added." in run("import", "cin", census).stdout
    )


def test_a_broken_file_ends_with_every_fault_and_nothing_kept(the: Cast, census: Path) -> None:
    text = (
        census.read_text()
        .replace("2025-09-02", "2025-19-02")
        .replace("<ReferralSource>1A", "<ReferralSource>1 A")
    )
    census.write_text(text)
    result = run("import", "cin", census)
    assert result.exit_code == 1
    assert "2 faults found, the first on line" in result.stderr
    assert result.stderr.count("  line ") == 2
    assert "[2025-19-02]: There is no such day in the calendar." in result.stderr
    with acting(actor=the.femi.pk, purpose=PURPOSE):
        assert not Person.objects.filter(provenance__recorded_by=the.femi).exists()


@pytest.mark.parametrize("named", ["amara@wenlock.example", "somebody@elsewhere.example"])
def test_somebody_who_may_not_is_told_who_may(the: Cast, census: Path, named: str) -> None:
    result = run("import", "cin", census, "--by", named)
    assert result.exit_code == 1
    assert (
        f"{named} may not do this, or is not known. Those who may: femi@wenlock.example (Femi Adeyemi)."
        in result.stderr
    )


def test_the_operator_may_be_named_outside(the: Cast, census: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENLOCK_OPERATOR", "FEMI@wenlock.example")
    assert run("import", "cin", census).exit_code == 0
    monkeypatch.setenv("WENLOCK_OPERATOR", "noel@wenlock.example")
    assert run("import", "cin", census).exit_code == 1


def test_where_several_may_approve_one_must_be_named(the: Cast, tmp_path: Path) -> None:
    result = run("returns", "build", "cin", "--year", 2026, "--out", tmp_path / "cin.xml")
    assert result.exit_code == 1
    assert "Say who is acting" in result.stderr
    assert "esme@wenlock.example (Esme Clarke), femi@wenlock.example (Femi Adeyemi)" in result.stderr


def test_a_return_is_built_and_told_of(stage: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "release_census", partial(release_census, reading=as_returns))
    bring_in(cin_examples.full(), stage.femi)
    out = tmp_path / "cin.xml"
    result = run("returns", "build", "cin", "--year", 2026, "--out", out, "--by", "femi@wenlock.example")
    assert result.exit_code == 0, result.output
    for said in (
        "Recipient:    Department for Education",
        "Purpose:      Statistical returns to government",
        "Approved by:  Femi Adeyemi",
        "Reference:    CIN 2026/001",
        "Children:     3",
        "  Child/ChildIdentifiers/LAchildID",
        "child WEN0001: AssessmentInternalReviewDate: held 2025-09-12, not part of this census",
        f"Written to {out}",
    ):
        assert said in result.stdout
    assert "(CA1989 s.83; UK GDPR Article 6(1)(c))" in result.stdout
    assert out.exists()


def test_a_return_refused_leaves_no_file(
    stage: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "release_census", partial(release_census, reading=as_returns))
    monkeypatch.setattr("wenlock.returns.cin.releasing.rule_for_return", lambda code, on: "")
    out = tmp_path / "cin.xml"
    result = run("returns", "build", "cin", "--year", 2026, "--out", out, "--by", "femi@wenlock.example")
    assert result.exit_code == 1
    assert "(disclosure_has_a_rule) There is no file." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_return_is_not_put_over_a_file(the: Cast, census: Path) -> None:
    result = run("returns", "build", "cin", "--year", 2026, "--out", census, "--by", "femi@wenlock.example")
    assert (result.exit_code, "is there already" in result.stderr) == (1, True)
