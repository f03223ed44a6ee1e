"""`wenlock team`: teams, and who is in them, for an operator with the owner's password."""

import click
from django.db import DatabaseError
from django.utils import timezone

from wenlock.council.actions import join_team, make_team
from wenlock.council.codes import ROLES
from wenlock.council.models import Team
from wenlock.notice.queries import purposes
from wenlock.security.models import Actor


@click.group()
def team() -> None:
    """Make teams and put workers in them.

    An administrator does this from day to day; the first administrator is put in a team here.
    """


@team.command()
@click.argument("code")
@click.argument("name")
@click.option(
    "--purpose", "chosen", multiple=True, required=True, help="A purpose of the notice; may be repeated."
)
def make(code: str, name: str, chosen: tuple[str, ...]) -> None:
    """Make the team CODE called NAME, or change its name and purposes."""
    known = purposes(on=timezone.localdate())
    if unknown := [purpose for purpose in chosen if purpose not in known]:
        raise click.ClickException(f"The notice names no purpose {unknown[0]}. It names: {', '.join(known)}.")
    made = make_team(code=code, name=name, purposes=chosen, using="owner")
    click.echo(f"{made.name} ({made.code}) works for {', '.join(made.purposes)}.")


@team.command()
@click.argument("email")
@click.argument("code")
@click.argument("role", type=click.Choice([role.code for role in ROLES]))
def join(email: str, code: str, role: str) -> None:
    """Put the worker with EMAIL in the team CODE, in a ROLE."""
    worker = Actor.objects.filter(email__iexact=email, is_active=True).first()
    place = Team.objects.filter(code=code, ended_on__isnull=True).first()
    if worker is None or place is None:
        missing = f"Nobody has the e-mail {email}" if worker is None else f"No team has the code {code}"
        raise click.ClickException(f"{missing}. See wenlock staff list and wenlock team list.")
    try:
        join_team(actor=worker, team=place, role=role, at=timezone.now(), by=None, using="owner")
    except DatabaseError as error:
        if "council_membership_once_at_a_time" in str(error):
            raise click.ClickException(f"{worker.name} is already in {place.name} in that role.") from error
        raise
    click.echo(f"{worker.name} is in {place.name} as {role}, from now.")


@team.command(name="list")
def list_teams() -> None:
    """List the teams and what each works for."""
    for place in Team.objects.using("owner").filter(ended_on__isnull=True).order_by("name"):
        click.echo(f"{place.code:<24} {place.name}: {', '.join(place.purposes)}")
