"""`wenlock backup`: make a backup, make the key that opens them, and check the newest."""

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from wenlock.backup import installation, recovery
from wenlock.backup.faults import BackupRefused
from wenlock.backup.recovery import RecoveryKey
from wenlock.base.home import Home
from wenlock.security.keys import KeyUnusable, sealing_key
from wenlock.security.sealing import SealingStopped

FOLDER = click.Path(file_okay=False, path_type=Path)
FORESEEN = (BackupRefused, KeyUnusable, SealingStopped)


class Spoken(click.Group):
    """A group whose commands say what went wrong in a sentence, and exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FORESEEN as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror}.") from error


@click.group(cls=Spoken, invoke_without_command=True)
@click.option("--to", type=FOLDER, help=f"The folder; {installation.FOLDER} if not said.")
@click.option("--keep", type=click.IntRange(min=1), help="Remove all but this many of the newest.")
@click.pass_context
def backup(context: click.Context, to: Path | None, keep: int | None) -> None:
    """Back up database, documents, seals and settings, so that only the recovery key opens them."""
    if context.invoked_subcommand is None:
        made = installation.back_up(to=_named(to), keep=keep, now=timezone.now, say=click.echo)
        click.echo(f"Kept in {made.folder}\nManifest {made.manifest.digest}")
        if made.missing:
            raise click.ClickException(
                f"{len(made.missing)} documents have no file and are not in the backup: {_some(made.missing)}."
            )


@backup.command()
@click.option("--new", is_flag=True, help="Make another in place of the one there is.")
@click.pass_obj
def key(home: Home, new: bool) -> None:
    """Make the recovery key and show it, once. Without it no backup can be opened, by anybody."""
    if recovery.SETTING in home.settings() and not new:
        raise click.ClickException(
            "There is a recovery key already. --new makes another, for the backups from then on; "
            "keep the old one for as long as its backups."
        )
    made = RecoveryKey.made(signer=sealing_key(home).public)
    home.keep(**{recovery.SETTING: made.public.hex()})
    click.echo(f"Recovery key {recovery.id_of(made.public)}, made {timezone.localtime():%d/%m/%Y %H:%M}:\n")
    click.echo(f"    {made.text}\n")
    click.echo(
        "It is shown this once and kept nowhere. Write it down twice, keep it in two places, and neither on "
        "this machine nor with the backups."
    )


@backup.command()
@click.option("--from", "to", type=FOLDER, help=f"The folder; {installation.FOLDER} if not said.")
def check(to: Path | None) -> None:
    """Read the newest backup through, and say if it is whole and of the last day. Exit 1 if not."""
    faults = installation.amiss(at=timezone.now(), to=_named(to), say=click.echo)
    for fault in faults:
        click.echo(f"FAULT  {fault}")
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("It is whole.")


def _named(to: Path | None) -> Path:
    chosen = to or installation.folder()
    if chosen is None:
        raise BackupRefused(f"Say where: --to FOLDER, or set {installation.FOLDER}.")
    return chosen


def _some(versions: tuple[object, ...]) -> str:
    return ", ".join(str(version) for version in versions[:5]) + (" and others" if len(versions) > 5 else "")
