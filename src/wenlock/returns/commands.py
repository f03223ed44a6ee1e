"""The commands of returns: `wenlock import` brings a file in, `wenlock returns build` lets one out."""

import sys
from collections import Counter
from pathlib import Path

import click
from django.utils import timezone

from wenlock.notice.queries import NoNoticeInForce
from wenlock.returns.cin import actions
from wenlock.returns.cin.assembling import OutOfRule
from wenlock.returns.cin.faults import CensusRefused
from wenlock.returns.cin.releasing import PURPOSE, PlaceTaken, Release, release_census, taken
from wenlock.returns.cin.report import Otherwise, Question, Report
from wenlock.returns.cin.writing import CensusUnwritable, Respelling
from wenlock.returns.operators import VARIABLE, NoOperator, operator
from wenlock.security.models import Actor
from wenlock.sharing.actions import SharingRefused

LISTED = 20  # of each kind, unless --all is given
BY = click.option(
    "--by", "email", metavar="EMAIL", help=f"Who is acting. Without it, {VARIABLE}, or the only one who may."
)
ALL = click.option(
    "--all", "everything", is_flag=True, help=f"List everything, not the first {LISTED} of each kind."
)


@click.group("import")
def import_() -> None:
    """Bring records in from a file."""


@click.group()
def returns() -> None:
    """Make the statutory returns."""


@returns.group()
def build() -> None:
    """Make a return, enter it in the ledger, and put the file in its place."""


@import_.command("cin")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@BY
@ALL
def import_cin(file: Path, email: str | None, everything: bool) -> None:
    """Bring a children in need census FILE into the record, whole or not at all.

    Children known by the council's number are recognised; other likenesses are proposed, for a person to
    decide. A file brought in again adds nothing.
    """
    by = _operator(email, "import", actions.PURPOSE)
    size = file.stat().st_size
    if size > actions.LARGEST:
        raise click.ClickException(
            f"The file is larger than {actions.LARGEST // 2**20} MB. Nothing was read."
        )
    try:
        with (
            file.open("rb") as stream,
            click.progressbar(length=size, label="Reading", file=sys.stderr) as bar,
        ):
            report = actions.import_census(
                stream=stream,
                file_name=file.name,
                by=by,
                at=timezone.now(),
                progress=lambda read: bar.update(read - bar.pos),
            )
    except CensusRefused as refused:
        _tell_faults(file, refused)
        raise SystemExit(1) from None
    except (actions.ImportNotAllowed, NoNoticeInForce) as error:
        raise click.ClickException(f"{error} Nothing was taken from the file.") from None
    _tell_import(report, by, most=None if everything else LISTED)


@build.command("cin")
@click.option(
    "--year", type=click.IntRange(2000, 2100), required=True, help="The year in which the census ends."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the file is to go."
)
@BY
@ALL
def build_cin(year: int, out: Path, email: str | None, everything: bool) -> None:
    """Make the children in need census of a YEAR.

    It is made from what may be read for a statutory return and nothing else, and leaves by the one door: the
    ledger has it before the file is in its place, and if anything is refused there is no file.
    """
    by = _operator(email, "approve-return", PURPOSE)
    if out.exists():
        raise click.ClickException(taken(out))
    try:
        release = release_census(year=year, out=out.absolute(), by=by, at=timezone.now())
    except SharingRefused as refused:
        raise click.ClickException(f"{refused} ({refused.code}) There is no file.") from None
    except (CensusUnwritable, NoNoticeInForce, PlaceTaken, OSError) as error:
        raise click.ClickException(f"{error} There is no file.") from None
    _tell_release(release, most=None if everything else LISTED)


def _operator(email: str | None, capability: str, purpose: str) -> Actor:
    try:
        return operator(email=email, capability=capability, purpose=purpose)
    except NoOperator as error:
        raise click.ClickException(str(error)) from None


def _tell_faults(file: Path, refused: CensusRefused) -> None:
    click.echo(f"{file.name} was refused: {refused.advice}", err=True)
    for fault in refused.faults:
        stood = f" [{fault.value}]" if fault.value else ""
        click.echo(f"  line {fault.line}: {fault.path}{stood}: {fault.reason}", err=True)


def _tell_import(report: Report, by: Actor, *, most: int | None) -> None:
    years = " and ".join(str(year) for year in report.years)
    click.echo(f"{report.file_name}: census of {years}, {report.children} children, brought in by {by.name}.")
    if report.again:
        click.echo(
            "This very file had been brought in before."
            + (" Nothing was added." if report.changed_nothing else "")
        )
    for number, words in report.told:
        click.echo(f"  {number:>8} {words}")
    _list("Held otherwise, and left as it is:", report.counts["different"], [
        f"line {each.line}, {_whom(each)}: {each.element}: held {each.held}, given {each.given}"
        for each in report.differences
    ], most)  # fmt: skip
    _list("Questioned:", report.counts["questioned"], [
        f"line {each.line}, {_whom(each)}: {each.says}" for each in report.questions
    ], most)  # fmt: skip
    _list("Remarks:", len(report.remarks) + report.remarks_left_off, [
        f"line {each.line}: {each.path}: {each.says}" for each in report.remarks
    ], most)  # fmt: skip
    click.echo(f"See it at /work/import/{report.batch}/")


def _tell_release(release: Release, *, most: int | None) -> None:
    entry, built = release.entry, release.built
    for name, value in (
        ("Recipient", entry.recipient),
        ("Purpose", entry.purpose),
        ("Ground", entry.ground),
        ("Approved by", entry.approved_by),
        ("Reference", entry.reference),
        ("Children", entry.children),
        ("Fields", len(entry.fields)),
        ("SHA-256", entry.sha256),
    ):
        click.echo(f"{name + ':':<14}{value}")
    for field in entry.fields:
        click.echo(f"  {field}")
    kinds = Counter(each.element for each in built.out_of_rule)
    if kinds:
        click.echo("Sent outside the rules of the year, because a census of it told of them:")
        for element, number in sorted(kinds.items()):
            click.echo(f"  {number:>8} {element}")
    _list("They are:", len(built.out_of_rule), [
        f"{_whom(each)}: {each.element} of {each.on or 'no date'}" for each in built.out_of_rule
    ], most)  # fmt: skip
    _list("Not written as it is held:", len(built.respellings), [
        f"{_whom(each)}: {each.element}: held {each.held}, "
        + (f"written {each.written}" if each.written else "not part of this census")
        for each in built.respellings
    ], most)  # fmt: skip
    click.echo(f"Written to {release.where}")


def _whom(each: Question | Otherwise | OutOfRule | Respelling) -> str:
    return f"child {each.child_id}" if each.child_id else "child without a number"


def _list(heading: str, number: int, lines: list[str], most: int | None) -> None:
    """A heading and its lines, up to `most`, and how many more there are."""
    if not number:
        return
    shown = lines[:most]
    click.echo(heading)
    for line in shown:
        click.echo(f"  {line}")
    if number > len(shown):
        click.echo(f"  and {number - len(shown)} more" + ("" if most is None else " (--all lists them)"))
