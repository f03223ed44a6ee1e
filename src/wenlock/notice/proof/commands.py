"""`wenlock prove`: prove the notice, or some of its statements, and keep the signed report."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connections
from django.utils import timezone

from wenlock.base.home import Home, replace_file
from wenlock.notice import queries
from wenlock.notice.models import Version
from wenlock.notice.proof import report as reports
from wenlock.notice.proof.page import as_page
from wenlock.security import keys

MARKS = {
    "green": click.style("green", fg="green"),
    "amber": click.style("amber", fg="yellow"),
    "red": click.style("red  ", fg="red"),
}


class ProveGroup(click.Group):
    """Lets statements follow `prove` directly: `wenlock prove N28`, beside `wenlock prove verify FILE`."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["run", *args]
        return super().resolve_command(context, args)


@click.group(cls=ProveGroup, invoke_without_command=True)
@click.pass_context
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), help="Also write the report here, as JSON."
)
@click.option(
    "--html", "html_file", type=click.Path(path_type=Path), help="Also write the report here, as a page."
)
def prove(context: click.Context, json_file: Path | None, html_file: Path | None) -> None:
    """Prove the privacy notice, statement by statement.

    For each statement: do the objects that refuse still stand, does every row obey, and is an attempted violation
    refused? Name statements to prove only those (wenlock prove N13 N28). Everything tried is undone.
    """
    context.meta["files"] = (json_file, html_file)
    if context.invoked_subcommand is None:
        run_proof(context.obj, [], json_file, html_file)


@prove.command(hidden=True)
@click.argument("codes", nargs=-1)
@click.option("--json", "json_file", type=click.Path(path_type=Path))
@click.option("--html", "html_file", type=click.Path(path_type=Path))
@click.pass_context
def run(
    context: click.Context, codes: tuple[str, ...], json_file: Path | None, html_file: Path | None
) -> None:
    """Prove the statements named."""
    before = context.meta["files"]
    run_proof(context.obj, list(codes), json_file or before[0], html_file or before[1])


@prove.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, path_type=Path),
    help="The council's public key; ours if left out.",
)
@click.pass_obj
def verify(home: Home, file: Path, key_file: Path | None) -> None:
    """Check that a report is as it was signed. Needs no database, only the public key."""
    try:
        report = reports.read(file)
        reports.check(report, trusted=keys.read_keys([key_file]) if key_file else keys.trusted_keys(home))
    except (reports.ReportFaulty, keys.KeyUnusable) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{file} is as it was signed on {report['made_at']} for version {report['version']} of the notice."
    )


def run_proof(home: Home, codes: list[str], json_file: Path | None, html_file: Path | None) -> None:
    """Prove, show each answer as it comes, keep the report, and say where it is."""
    version = queries.version_in_force(on=timezone.localdate())
    every = [row.code for row in queries.statements(version)]
    wanted = [code.upper() for code in codes] or every
    if unknown := [code for code in wanted if code not in every]:
        raise click.ClickException(
            f"The notice has no {', '.join(unknown)}. Its statements are N1 to N{len(every)}."
        )
    report = make(home, version=version, wanted=wanted, show=True)
    if not codes:
        click.echo(f"Kept in {reports.keep(report, home=home)}")
    for file, text in ((json_file, json.dumps(report, indent=1, ensure_ascii=False)), (html_file, None)):
        if file:
            replace_file(file.absolute(), text or as_page(report), mode=0o644)
            click.echo(f"Written to {file}")
    summary(report)


def make(home: Home, *, version: Version, wanted: list[str], show: bool) -> dict[str, Any]:
    """The report of the statements wanted, made over the prover's own connection."""

    def heard(code: str, status: str) -> None:
        if show:
            click.echo(f"  {code:<4} {MARKS[status]}")

    prover = connections["prover"]
    prover.ensure_connection()
    try:
        return reports.make(
            prover.connection,
            version=version,
            codes=wanted,
            at=timezone.now(),
            home=home,
            key=settings.CONTEXT_KEY,
            heard=heard,
        )
    finally:
        prover.close()


def summary(report: dict[str, Any]) -> None:
    """Count the answers, and give each reason that is not green; the attacks refused are counted too."""
    rows = report["statements"]
    for code, row in rows.items():
        if row["status"] != "green":
            click.echo(f"{MARKS[row['status']]} {code:<4} {row['reason']}")
    counts = {status: sum(row["status"] == status for row in rows.values()) for status in MARKS}
    refused = sum(probe["ok"] for row in rows.values() for probe in row["probe"])
    click.echo(
        f"Version {report['version']} of the notice: {counts['green']} green, {counts['amber']} amber, {counts['red']} red; "
        f"{refused} attempted violations were refused."
    )
    sys.stdout.flush()
