"""`wenlock partners`: the keys by which partners' systems send to us."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import click
from django.db import DatabaseError
from django.utils import timezone
from django.utils.timezone import localtime

from wenlock.agencies import queries as agencies
from wenlock.base.sentences import explain
from wenlock.council.queries import places
from wenlock.law.calendars import LONDON
from wenlock.notice.queries import purposes
from wenlock.partners import actions, queries
from wenlock.partners.codes import LONGEST, REFUSED, SCOPES
from wenlock.security.context import acting
from wenlock.security.models import Actor

CAPABILITY = "link-partners"
BY = click.option("--by", "email", required=True, metavar="EMAIL", help="The worker who does this.")


@click.group()
def partners() -> None:
    """Link partners' own systems to ours."""


@partners.group()
def key() -> None:
    """Issue, approve, revoke and list the keys of partners' systems.

    One worker issues a key and another approves it; until then it opens nothing.
    """


@key.command()
@click.argument("agency")
@click.option("--called", required=True, help="The system that will hold the key, as people know it.")
@click.option("--purpose", required=True, help="A purpose of the notice.")
@click.option(
    "--medium", required=True, help="One that the notice lists: app, portal, secure-transfer, text."
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(list(SCOPES)),
    required=True,
    help="May be repeated.",
)
@click.option("--days", default=LONGEST - 1, show_default=True, help="How many days it lasts, from today.")
@BY
def issue(
    agency: str, called: str, purpose: str, medium: str, scopes: tuple[str, ...], days: int, email: str
) -> None:
    """Issue a key to AGENCY, named as in the register of agencies. The secret is printed once."""
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    if purpose not in (known := purposes(on=today)):
        raise click.ClickException(f"The notice names no purpose {purpose}. It names: {', '.join(known)}.")
    with _working(email) as by:
        secret = actions.issue(
            agency=_agency(agency, on=today), called=called, purpose=purpose, medium=medium, scopes=scopes, from_on=today,
            until_on=today + timedelta(days=days), by=by, at=now,
        )  # fmt: skip
    click.echo(
        f"Give the partner this secret by a safe way. It is not kept, and never shown again:\n\n    {secret.text}\n"
    )
    click.echo(
        f"It opens nothing until somebody else says: wenlock partners key approve {secret.prefix} --by EMAIL"
    )


@key.command()
@click.argument("prefix")
@BY
def approve(prefix: str, email: str) -> None:
    """Approve the key that begins with PREFIX, which somebody else issued."""
    with _working(email) as by:
        found = actions.approve(prefix=prefix, by=by, at=timezone.now())
    click.echo(f"{found.prefix} opens what it is for, until {found.until_on:%d/%m/%Y}.")


@key.command()
@click.argument("prefix")
@click.option("--why", required=True, help="The reason, which is kept.")
@BY
def revoke(prefix: str, why: str, email: str) -> None:
    """End the key that begins with PREFIX, now."""
    with _working(email) as by:
        found = actions.revoke(prefix=prefix, why=why, by=by, at=timezone.now())
    click.echo(f"{found.prefix} opens nothing any more.")


@key.command(name="list")
@BY
def list_(email: str) -> None:
    """List every key, the newest first."""
    with _working(email):
        found = queries.keys()
    for line in found:
        state = REFUSED[line.refused] if line.refused else f"In force until {line.until_on:%d/%m/%Y}"
        used = f"last used {localtime(line.used_at):%d/%m/%Y %H:%M}" if line.used_at else "never used"
        click.echo(
            f"{line.prefix}  {line.agency}, by {line.medium}, for {line.purpose} ({', '.join(line.scopes)}): "
            f"{state}; {used}"
        )


@contextmanager
def _working(email: str) -> Iterator[Actor]:
    """Act as a worker whose role may link partners, for a purpose of the team in which it may."""
    worker = Actor.objects.filter(email__iexact=email, is_active=True, kind="worker").first()
    purpose = _purpose(worker) if worker else ""
    if worker is None or not purpose:
        raise click.ClickException(f"{email} is nobody here, or has no role that may link partners.")
    try:
        with acting(actor=worker.pk, purpose=purpose):
            yield worker
    except actions.NoSuchKey as error:
        raise click.ClickException("No key begins so. See wenlock partners key list.") from error
    except DatabaseError as error:
        raise click.ClickException(explain(error)) from error


def _purpose(worker: Actor) -> str:
    with acting(actor=worker.pk, purpose=""):
        held = places(actor=worker, at=timezone.now())
    return next((place.purposes[0] for place in held if CAPABILITY in place.capabilities), "")


def _agency(name: str, *, on: date) -> UUID:
    found = [
        key
        for known in agencies.by_source(on=on).values()
        for key, called in known.items()
        if called.casefold() == name.casefold()
    ]
    if len(found) != 1:
        raise click.ClickException(
            f"{len(found)} agencies are called {name}. A worker records an agency with a contact."
        )
    return UUID(found[0])
