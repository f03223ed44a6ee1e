"""`wenlock mailbox`: the council's mailboxes, read by hand, counted, and given their passwords."""

from collections.abc import Iterator

import click
from django.conf import settings
from django.utils import timezone

from wenlock.base.home import Home, replace_file
from wenlock.intake.actions import MAILBOX, PURPOSE, way_in
from wenlock.intake.mailbox import codes, queries, server
from wenlock.intake.mailbox.declared import Mailbox, MailboxFaulty, declared
from wenlock.intake.mailbox.pulling import pull as pull_one
from wenlock.intake.models import Pull
from wenlock.security.context import acting


@click.group()
def mailbox() -> None:
    """Read the council's mailboxes, and see that all they received was filed or rejected."""


@mailbox.command()
@click.argument("name", required=False)
def pull(name: str | None) -> None:
    """Take in what has come to every mailbox, or to the one called NAME. The worker does this every five minutes."""
    sound = [_tell(pull_one(one, home=settings.HOME, clock=timezone.now)) for one in _chosen(name)]
    if not all(sound):
        raise SystemExit(1)


@mailbox.command()
@click.argument("name", required=False)
def reconcile(name: str | None) -> None:
    """Compare what the server has with the register, both ways. Ends with 1 where the two do not add up."""
    compared = [_compared(one) for one in _chosen(name)]
    if not all(compared):
        raise SystemExit(1)


@mailbox.command()
@click.argument("name")
@click.pass_obj
def password(home: Home, name: str) -> None:
    """Keep the password of the mailbox NAME in the home's secrets, where nobody else reads it."""
    [one] = _chosen(name)
    said = click.prompt("Password", hide_input=True)
    if not said.isascii():
        raise click.ClickException("The password must be of plain letters, figures and marks.")
    replace_file(home.prepare().secrets / one.secret, said)
    click.echo(f"Kept. Try it with: wenlock mailbox pull {name}")


def _chosen(name: str | None) -> Iterator[Mailbox]:
    try:
        known = declared()
    except MailboxFaulty as error:
        raise click.ClickException(str(error)) from error
    if name and name not in known:
        raise click.ClickException(
            f"authority.toml has no [mailbox.{name}]. It has: {', '.join(known) or 'none'}."
        )
    if not known:
        raise click.ClickException("authority.toml declares no mailbox. See docs/how-to/mailbox.md.")
    return iter([known[name]] if name else list(known.values()))


def _tell(pull: Pull) -> bool:
    """Say how a mailbox stands; False where it does not add up."""
    click.echo(
        f"{pull.mailbox}: {pull.came} new. Received {pull.received} = filed {pull.filed} + rejected {pull.rejected}"
        + (f" + waiting {pull.waiting}" if pull.waiting else "")
        + (f" + missing {pull.missing}" if pull.missing else "")
    )
    if pull.fault:
        click.echo(f"{pull.mailbox}: {codes.FAULTS[pull.fault]}.", err=True)
    return not (pull.fault or pull.waiting or pull.missing)


def _compared(mailbox: Mailbox) -> bool:
    try:
        with server.opened(mailbox, home=settings.HOME) as account:
            folder = account.folder(mailbox.folder)
            if folder is None:
                raise MailboxFaulty(f"There is no folder {mailbox.folder}.")
            there = {"mailbox": mailbox.name, "uidvalidity": folder.uidvalidity, "uids": folder.uids()}
    except (MailboxFaulty, *server.BROKEN) as error:
        click.echo(f"{mailbox.name}: {error}", err=True)
        return False
    with acting(actor=way_in(MAILBOX).pk, purpose=PURPOSE):
        new, lost = queries.on_server_only(**there), queries.in_register_only(**there)  # type: ignore[arg-type]
        last = Pull.objects.filter(mailbox=mailbox.name).order_by("-ended_at").first()
    adds_up = last is not None and _tell(last)
    click.echo(f"{mailbox.name}: on the server and not in the register: {_numbers(new)}")
    click.echo(f"{mailbox.name}: waited for and not on the server: {_numbers(lost)}")
    return adds_up and not new and not lost


def _numbers(uids: list[int]) -> str:
    return ", ".join(map(str, uids)) or "none"
