"""`wenlock notice`: compile the notice, publish it, and read what it says and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from wenlock.notice import comparing, published, queries, reading
from wenlock.notice.compiler import Compiled, NoticeFaulty, compile_notice
from wenlock.notice.declared import Notice
from wenlock.notice.publishing import PublishedOutOfOrder
from wenlock.notice.publishing import publish as publish_version

DAY = click.DateTime(formats=["%Y-%m-%d"])
SIGNS = {comparing.SAME: "{}", comparing.ADDED: "{{+{}+}}", comparing.REMOVED: "[-{}-]"}


@click.group()
def notice() -> None:
    """The privacy notice: check it, publish it, read it."""


@notice.command()
@click.argument("authority", required=False)
@click.option("--on", type=DAY, help="The day to check it for; today if not said.")
def check(authority: str | None, on: datetime | None) -> None:
    """Compile AUTHORITY's notice and print every fault and warning, with its file and line."""
    compiled = _compiled(authority, on=on.date() if on else timezone.localdate())
    for warning in compiled.warnings:
        click.echo(f"warning: {warning}")
    said = sum(statement.applies for statement in compiled.notice.statements)
    remarks = _count(compiled.warnings, "warning")
    click.echo(f"{compiled.notice.controller.name}: {said} statements, no faults, {remarks}.")
    click.echo(f"sha256 {compiled.sha256}")


@notice.command()
@click.option("--from", "from_", type=DAY, required=True, help="The first day it is in force.")
@click.option("--by", required=True, help="Who answers for publishing it.")
def publish(from_: datetime, by: str) -> None:
    """Publish the notice of this council as the next version, in force from a day."""
    day, now = from_.date(), timezone.now()
    compiled = _compiled(None, on=day)
    before = published.everything()
    try:
        version = publish_version(compiled=compiled, in_force_from=day, by=by, at=now, using="owner")
    except PublishedOutOfOrder as error:
        raise click.ClickException(
            f"Version {before[0].number} begins on {error.args[0]}. Choose a later day."
        ) from error
    if before and version.number == before[0].number:
        click.echo(f"These words are version {version.number} already; nothing was published.")
        return
    click.echo(f"Published version {version.number}, in force from {version.in_force_from}.")
    click.echo(f"{_count(compiled.warnings, 'warning')}; `wenlock notice check` prints them.")


@notice.command()
def versions() -> None:
    """List every version, newest first."""
    today = timezone.localdate()
    for version in published.everything():
        until = f" until {version.in_force_until}" if version.in_force_until else ""
        period = f"{version.state(today).lower()}  from {version.in_force_from}{until}"
        click.echo(f"{version.number}  {period}  {version.sha256}  by {version.published_by}")


@notice.command()
@click.argument("statement")
@click.option("--version", "number", type=int, help="The version's number; the one in force if not said.")
def show(statement: str, number: int | None) -> None:
    """Print one STATEMENT (such as N28), and what it governs."""
    text = _published(number).notice
    try:
        said = text.statement(statement)
    except KeyError as error:
        raise click.ClickException(f"The notice has no statement {statement}. They are N1 to N96.") from error
    click.echo(f"{said.code} ({said.section})\n{said.says or f'Does not apply here: {said.not_here}'}")
    for letter, words in said.parts:
        click.echo(f"  {said.code}{letter}: {words}")
    for bind in said.binds:
        click.echo(f"  governs {bind}")


@notice.command()
@click.argument("before", type=int)
@click.argument("after", type=int)
def compare(before: int, after: int) -> None:
    """Print what changed from version BEFORE to version AFTER: [-taken out-] and {+put in+}."""
    found = comparing.compare(_published(before).notice, _published(after).notice)
    for line in _told(found):
        click.echo(line)


@notice.command()
@click.argument("authority", required=False)
@click.option("--version", "number", type=int, help="A published version, instead of the folder.")
def words(authority: str | None, number: int | None) -> None:
    """Print the notice as plain text, from AUTHORITY's folder or as published."""
    text: Notice = (
        _published(number).notice if number else _compiled(authority, on=timezone.localdate()).notice
    )
    click.echo(reading.as_text(text), nl=False)


def _compiled(authority: str | None, *, on: date) -> Compiled:
    folder = Path(settings.AUTHORITIES) / (authority or settings.AUTHORITY)
    if not folder.is_dir():
        known = ", ".join(sorted(path.name for path in Path(settings.AUTHORITIES).iterdir() if path.is_dir()))
        raise click.ClickException(
            f"There is no folder {folder.name} among the authorities. There are: {known}."
        )
    try:
        return compile_notice(folder, on=on)
    except NoticeFaulty as error:
        for fault in error.faults:
            click.echo(f"fault: {fault}")
        raise click.ClickException(
            f"{_count(error.faults, 'fault')}. Nothing can be published until they are put right."
        ) from error


def _published(number: int | None) -> published.Published:
    try:
        return published.numbered(number) if number else published.in_force(on=timezone.localdate())
    except published.NoSuchVersion as error:
        raise click.ClickException(
            f"There is no version {number}. `wenlock notice versions` lists them."
        ) from error
    except queries.NoNoticeInForce as error:
        raise click.ClickException("No version of the notice is in force today. Publish one.") from error


def _told(found: comparing.Comparison) -> Iterator[str]:
    if found.nothing:
        yield "Nothing changed."
    for change in found.words:
        text = " ".join(SIGNS[piece.kind].format(piece.words) for piece in change.pieces)
        yield f"{change.code or 'Heading'}: {change.kind}: {text}{f' ({change.note})' if change.note else ''}"
    for rule in found.rules:
        yield f"{rule.kind}: {rule.name}: {' '.join(rule.says)}"
    kinds = Counter(change.kind for change in found.words)
    yield f"{found.unchanged} statements unchanged{''.join(f', {n} {kind}' for kind, n in kinds.items())}."


def _count(things: tuple[object, ...], word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
