"""`wenlock staff`: who may sign in, run by the operator at the server."""

from collections.abc import Callable
from typing import TypeVar

import click
from django.utils import timezone

from wenlock.security import enrolment
from wenlock.security import staff as workers

Answer = TypeVar("Answer")


@click.group()
def staff() -> None:
    """Add workers, give them a code to sign in with, and end a leaver's access."""


@staff.command()
@click.option("--name", required=True, help="The worker's name, as colleagues know it.")
@click.option("--email", required=True, help="Their address at work.")
@click.option(
    "--subject", default="", help="Their council account, as ISSUER|SUBJECT. Without it, a code is printed."
)
def add(name: str, email: str, subject: str) -> None:
    """Add a worker. They belong to no team, and see nobody, until an administrator puts them in one."""
    actor = _done(lambda: workers.add(name=name, email=email, subject=subject))
    click.echo(f"Added {actor.name}.")
    if not subject:
        _print_code(email)


@staff.command("enrol-code")
@click.argument("email")
def enrol_code(email: str) -> None:
    """Print a one-time code for a worker's first sign-in, or after a lost device. What they used before
    stops working."""
    _print_code(email)


@staff.command()
@click.argument("email")
def leave(email: str) -> None:
    """End a leaver's access now: every session, passkey and password."""
    actor = _done(lambda: workers.find(email=email))
    ended = workers.leave(actor=actor, at=timezone.now())
    click.echo(f"{actor.name} can no longer sign in. Sessions ended: {ended}.")


@staff.command("list")
def list_() -> None:
    """List every worker, and how each may sign in."""
    for line in workers.everyone():
        left = f"left {timezone.localtime(line.left_at):%d/%m/%Y}" if line.left_at else ""
        click.echo(f"{line.name} <{line.email}>: {left or ', '.join(line.ways) or 'no way to sign in'}")


def _print_code(email: str) -> None:
    actor = _done(lambda: workers.find(email=email))
    code = _done(lambda: enrolment.issue_code(actor=actor, at=timezone.now()))
    click.echo(
        f"Give {actor.name} this code in person or by telephone. It works once, within a day:\n\n    {code}\n"
    )
    click.echo("They enter it at /sign-in/first-time/")


def _done(act: Callable[[], Answer]) -> Answer:
    try:
        return act()
    except (workers.StaffProblem, enrolment.CannotEnrol) as problem:
        raise click.ClickException(str(problem)) from problem
