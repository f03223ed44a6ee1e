"""The operator's commands for the audit trail."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from wenlock.base.home import HomeUnusable
from wenlock.security import inclusion, sealer, sealing, trail, verifying
from wenlock.security.keys import KeyUnusable, PublicKey, read_keys, sealing_key, trusted_keys
from wenlock.security.seal_copies import CopyDisagrees

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORESEEN = (
    sealing.SealingStopped,
    CopyDisagrees,
    KeyUnusable,
    inclusion.NoProof,
    inclusion.ProofFails,
    HomeUnusable,
)


class Spoken(click.Group):
    """A group whose commands say what went wrong in a sentence, and exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FORESEEN as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror}.") from error


@click.group(cls=Spoken)
def audit() -> None:
    """Seal the audit trail, check it, and prove what is in it."""


@audit.command()
def seal() -> None:
    """Seal what has been written since the last seal. The worker does this each minute."""
    with sealer.connected() as connection:
        made = sealing.seal(
            connection, key=sealing_key(sealer.home()), places=sealer.places(), at=timezone.now()
        )
    click.echo(f"Seal {made.number}: {made.rows} events." if made else "Nothing to seal.")


@audit.command()
@click.option(
    "--key", "files", type=FILE, multiple=True, help="Trust this public key; without it, those of the home."
)
def verify(files: tuple[Path, ...]) -> None:
    """Recompute every seal and compare it with the trail and with the copies outside. Exit 1 on any fault."""
    keys: Mapping[str, PublicKey] = read_keys(files) if files else trusted_keys(sealer.home())
    with sealer.connected() as connection:
        report = verifying.verify(connection, keys=keys, places=sealer.places(), at=timezone.now())
    for problem in report.problems:
        click.echo(f"FAULT  {problem}")
    for remark in report.remarks:
        click.echo(f"Note   {remark}")
    click.echo(
        f"{report.events} events, {report.seals} seals; {report.waiting} events wait for the next seal."
    )
    if report.problems:
        raise click.exceptions.Exit(1)
    click.echo("Everything agrees.")


@audit.command()
@click.option("--last", default=10, show_default=True, help="How many of the newest seals.")
def show(last: int) -> None:
    """List the newest seals and the id of the key that signs them."""
    with sealer.connected() as connection:
        newest = trail.last_seal(connection)
        seals = trail.seals(connection, since=newest.number - last + 1) if newest else []
    click.echo(f"Key {sealing_key(sealer.home()).public.key_id}")
    for each in seals:
        click.echo(
            f"{each.number:>8}  {each.sealed_at:%d/%m/%Y %H:%M:%S}  {each.rows:>7} events  "
            f"{each.digest.hex()}"
        )


@audit.command()
@click.argument("event_id", type=int)
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else it is printed."
)
def proof(event_id: int, to: Path | None) -> None:
    """Write what an auditor needs to check one event without seeing any other."""
    with sealer.connected() as connection:
        made = inclusion.prove(connection, event_id=event_id, keys=trusted_keys(sealer.home()))
    text = json.dumps(made, indent=2)
    if to:
        to.write_text(text + "\n", "ascii")
        click.echo(f"Wrote {to}.")
    else:
        click.echo(text)


@audit.command("check-proof")
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, help="The public key you were given by other means.")
def check_proof(file: Path, key_file: Path | None) -> None:
    """Check a proof. It needs neither the database nor the rest of the trail."""
    trusted = next(iter(read_keys([key_file]).values())) if key_file else None
    try:
        said = json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise inclusion.ProofFails("This is not a proof that Wenlock wrote.") from error
    proved = inclusion.check(said, trusted=trusted)
    for name, value in proved.event.items():
        click.echo(f"{name:>8}  {value}")
    click.echo(
        f"The event is under seal {proved.seal.number}, made {proved.seal.sealed_at:%d/%m/%Y %H:%M:%S}."
    )
    if not trusted:
        click.echo(f"Compare the key with the one published: {proved.key_id}")


@audit.command("new-epoch")
@click.option("--reason", required=True, help="Which backup was restored, when, by whom and why.")
def new_epoch(reason: str) -> None:
    """Begin a new epoch, after the database was restored from a backup and before anybody works in it."""
    with sealer.connected("owner") as owner, sealer.connected() as connection:
        number = sealing.begin_epoch(
            owner,
            connection,
            key=sealing_key(sealer.home()),
            places=sealer.places(),
            reason=reason,
            at=timezone.now(),
        )
    click.echo(
        f"Epoch {number} has begun. Seals lost with the restore stay in the copies, "
        "and every check names them."
    )
