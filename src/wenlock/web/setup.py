"""Make an installation ready: the server, the roles, the tables, the roles of the council and the notice."""

import getpass
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from wenlock.base.home import Home
from wenlock.base.server import Server
from wenlock.clocks.actions import declare_keeper
from wenlock.clocks.local import local_settings
from wenlock.council.actions import declare_roles, join_team, make_team
from wenlock.intake.actions import declare_ways_in
from wenlock.notice.compiler import compile_notice
from wenlock.notice.models import Version
from wenlock.notice.publishing import publish
from wenlock.returns.cin import definition
from wenlock.security import bootstrap
from wenlock.security.models import Actor
from wenlock.security.roles import LOGINS
from wenlock.sharing import shareable
from wenlock.web.database import DATABASE, password

Say = Callable[[str], None]


def make_ready(*, home: Home, server: Server, say: Say) -> None:
    """Bring the database of our own server to this version of Wenlock; safe to repeat."""
    begin(home=home, administrator=lambda name: server.dsn(dbname=name), name=DATABASE, say=say)


def begin(*, home: Home, administrator: Callable[[str], str], name: str, say: Say) -> None:
    """Make roles and database on a server, and bring it to this version; safe to repeat.

    `administrator` gives a superuser's connection string for a database of the server, and is used for no more than
    what nobody else may do: roles, extensions, and putting the key of contexts where the runtime role cannot read it.
    """
    with psycopg.connect(administrator("postgres"), autocommit=True) as admin:
        bootstrap.make_roles(admin, passwords={role: password(role, home=home) for role in LOGINS})
        made = bootstrap.make_database(admin, name=name)
    with psycopg.connect(administrator(name), autocommit=True) as inside:
        bootstrap.prepare_database(inside)
    say("Made the database." if made else "Found the database.")
    bring_up_to_date(say=say)
    with psycopg.connect(administrator(name), autocommit=True) as inside:
        bootstrap.keep_context_key(inside, key=settings.CONTEXT_KEY)
    publish_first_notice(say=say)


def bring_up_to_date(*, say: Say) -> None:
    """Migrate as the owner, let the runtime role use what it must, and declare roles, returns and ways in."""
    local_settings()  # an authority's file that is wrong is refused before anything rests on it
    call_command("migrate", database="owner", verbosity=0)
    owner = connections["owner"]
    owner.ensure_connection()
    with owner.cursor() as cursor:
        bootstrap.grant_plumbing(cursor.connection)
    declare_roles(using="owner")
    definition.declare(using="owner")
    shareable.declare(using="owner")
    declare_ways_in(at=timezone.now())
    declare_keeper(at=timezone.now())
    say("The tables, policies and triggers are those of this version.")


def publish_first_notice(*, say: Say) -> None:
    """Publish the authority's notice, in force from today, if none has been published yet."""
    if Version.objects.exists():
        return
    now = timezone.now()
    today = timezone.localdate(now)
    compiled = compile_notice(settings.AUTHORITIES / settings.AUTHORITY, on=today)
    version = publish(compiled=compiled, in_force_from=today, by="Set-up", at=now, using="owner")
    say(f"Published version {version.number} of the notice of {version.controller}, in force from today.")


def begin_trial(home: Home, *, say: Say) -> None:
    """Make whoever sets up a trial its data officer, so that the command can act in a person's name at once.

    A trial has no administrator to ask yet. An installation with a server of its own gets nobody this way.
    """
    if Actor.objects.filter(kind="worker").exists():
        return
    name = getpass.getuser()
    operator = Actor(name=name, email=f"{name}@trial.invalid")
    operator.set_unusable_password()
    operator.save(force_insert=True)
    team = make_team(
        code="performance",
        name="Performance and data",
        purposes=("children-in-need", "statutory-returns"),
        using="owner",
    )
    join_team(actor=operator, team=team, role="data-officer", at=timezone.now(), by=None, using="owner")
    home.keep(operator=operator.email)
    say(
        f"In this trial the command acts for {operator.email}, a data officer. Add others with: wenlock staff add."
    )
