"""Commands that make an installation ready and run it."""

import os
import threading
import time

import click
import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from wenlock.base.home import Home
from wenlock.base.server import Server
from wenlock.notice.proof.commands import make
from wenlock.notice.proof.report import keep, read_latest
from wenlock.notice.queries import statements, version_in_force
from wenlock.security import seal_copies, sealer, sealing
from wenlock.security.jobs import work
from wenlock.security.keys import sealing_key
from wenlock.web.database import place
from wenlock.web.serving import serve as serve_site
from wenlock.web.setup import begin, begin_trial, bring_up_to_date, make_ready, publish_first_notice


@click.command()
@click.option(
    "--administrator",
    metavar="URL",
    envvar="WENLOCK_ADMINISTRATOR_URL",
    help="With DATABASE_URL, the first time: how a superuser reaches the server, to make the roles and the database.",
)
@click.pass_obj
def setup(home: Home, administrator: str | None) -> None:
    """Make or bring up to date the database: roles, tables, policies, and the first notice."""
    if administrator and os.environ.get("DATABASE_URL"):
        begin(
            home=home,
            administrator=lambda name: make_conninfo(administrator, dbname=name),
            name=place(home).name,
            say=click.echo,
        )
    else:
        ready(home)
    if home.mode == "trial":
        begin_trial(home, say=click.echo)
    click.echo(f"Ready. Everything is kept in {home.root}. Next: wenlock staff add, then wenlock serve.")


def ready(home: Home) -> None:
    """Bring the installation to this version, whoever keeps its database."""
    if os.environ.get("DATABASE_URL"):
        bring_up_to_date(say=click.echo)
        publish_first_notice(say=click.echo)
    else:
        make_ready(home=home, server=Server(home), say=click.echo)


@click.command()
@click.option("--port", default=8000, show_default=True, help="Which port of 127.0.0.1.")
@click.option("--no-serve", is_flag=True, help="Make everything ready and stop.")
@click.pass_obj
def demo(home: Home, port: int, no_serve: bool) -> None:
    """Start a council of invented families, with one click to sign in as each kind of worker.

    Safe to stop, kill and start again: what was recorded stays. Never for real records.
    """
    if not settings.DEMO:
        raise click.ClickException(
            f"{home.root} holds an installation that is not a demonstration. Set WENLOCK_HOME to another folder."
        )
    from wenlock.demo.cast import OPERATOR
    from wenlock.demo.seed import seed

    ready(home)
    seed(say=click.echo, at=timezone.now())
    home.keep(operator=OPERATOR)
    seal_now(home)
    if read_latest(home) is None:
        click.echo("Proving the notice, statement by statement...")
        version = version_in_force(on=timezone.localdate())
        every = [statement.code for statement in statements(version)]
        keep(make(home, version=version, wanted=every, show=False), home=home)
    if not no_serve:
        click.echo(
            f"Ready: open http://127.0.0.1:{port}/ and choose who to be. Ctrl-C stops it; nothing is lost."
        )
        seal_each_minute(home)
        serve_site(address="127.0.0.1", port=port)


def seal_now(home: Home) -> None:
    """Seal what stands in the audit trail."""
    with sealer.connected() as connection:
        sealing.seal(connection, key=sealing_key(home), places=sealer.places(), at=timezone.now())


def seal_each_minute(home: Home) -> None:
    """Seal in the background for as long as the demonstration runs: it has no worker of its own."""

    def keep_sealing() -> None:
        while True:
            time.sleep(60)
            try:
                seal_now(home)
            except (psycopg.OperationalError, sealing.SealingStopped, seal_copies.CopyDisagrees) as error:
                click.echo(f"The audit trail was not sealed: {error}", err=True)

    threading.Thread(target=keep_sealing, name="sealer", daemon=True).start()


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="Which port.")
@click.option("--workers", default=1, show_default=True, help="Processes.")
def serve(address: str, port: int, workers: int) -> None:
    """Serve the site."""
    click.echo(f"Serving at http://{address}:{port}/ (Ctrl-C to stop)")
    serve_site(address=address, port=port, workers=workers)


@click.command()
def worker() -> None:
    """Run the jobs: sealing the audit trail each minute, reading the mailboxes every five, proving each night."""
    work()
