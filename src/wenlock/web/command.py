"""`wenlock`: the one command for everything an operator does.

Nothing of Django is imported before the home is known, since settings read from it.
"""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

import click

from wenlock import __version__
from wenlock.base.home import Home, HomeUnusable
from wenlock.base.postgres import ServerRefused
from wenlock.base.server import Server

FIRST = (
    "There is no Wenlock here yet. Run `make demo` to try it, or `wenlock setup` to begin one of your own."
)
BEGINNERS = {"demo": "demo", "setup": "trial"}
WITHOUT_DATABASE = {"reference"}


def main() -> None:
    """Run the command; a fault that was foreseen ends with its sentence and no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlock.web.settings")
    try:
        if sys.argv[1:2] == ["restore"]:
            from wenlock.web.restoring import restore

            # There is no home to read settings from before it has been restored.
            restore(args=sys.argv[2:], prog_name="wenlock restore")
        home = Home.find()
        begin(home, sys.argv[1:])
        import django

        django.setup()
        commands(home)(prog_name="wenlock")
    except (HomeUnusable, ServerRefused) as error:
        click.echo(f"wenlock: {error}", err=True)
        sys.exit(1)


def begin(home: Home, arguments: list[str]) -> None:
    """Beginning a demonstration or a trial settles the home's mode and database, before any settings are read."""
    word = next((argument for argument in arguments if not argument.startswith("-")), "")
    asked_for_help = {"--help", "-h"} & set(arguments)
    if word in BEGINNERS and not asked_for_help and "DATABASE_URL" not in os.environ and home.mode is None:
        home.prepare().keep(mode=BEGINNERS[word])
        _server(home).settle()


def commands(home: Home) -> click.Group:
    """The command with those of every context."""
    from wenlock.backup.commands import backup
    from wenlock.clocks.commands import clocks
    from wenlock.council.commands import team
    from wenlock.intake.commands import mailbox
    from wenlock.notice.commands import notice
    from wenlock.notice.proof.commands import prove
    from wenlock.partners.commands import partners
    from wenlock.returns.commands import import_, returns
    from wenlock.security.audit_commands import audit
    from wenlock.security.commands import staff
    from wenlock.web.operating import demo, serve, setup, worker
    from wenlock.web.reference import reference
    from wenlock.web.restoring import restore
    from wenlock.workspace.commands import duplicates

    @click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
    @click.version_option(__version__, prog_name="wenlock")
    @click.pass_context
    def wenlock(context: click.Context) -> None:
        """Children's services, with the council's privacy notice as the specification.

        Try it with `make demo`. What a command made or found, and where, is the last thing it prints.
        """
        context.obj = home
        asked_for_help = {"--help", "-h"} & set(sys.argv)
        if not asked_for_help and context.invoked_subcommand not in WITHOUT_DATABASE:
            context.with_resource(our_server(home))

    ours = (
        demo,
        setup,
        serve,
        worker,
        mailbox,
        import_,
        duplicates,
        returns,
        prove,
        notice,
        audit,
        staff,
        team,
        clocks,
        partners,
        backup,
        restore,
        reference,
    )
    for command in ours:
        wenlock.add_command(command)
    return wenlock


def our_server(home: Home) -> AbstractContextManager[object]:
    """Our own database server, running for as long as the command does; nothing if another is named."""
    if os.environ.get("DATABASE_URL"):
        return nullcontext()
    if home.mode is None:
        raise click.ClickException(FIRST)
    return _server(home).running()


def _server(home: Home) -> Server:
    return Server(home, say=lambda line: click.echo(line, err=True))
