"""`wenlock clocks`: the council's own time limits, and reckoning every open clock anew."""

from uuid import UUID

import click
from django.utils import timezone

from wenlock.clocks import actions
from wenlock.clocks.actions import Difference
from wenlock.clocks.local import LocalSetting, SettingsFaulty, declared, local_settings
from wenlock.law.clock_catalogue import BY_CODE


@click.group()
def clocks() -> None:
    """Keep the due dates in step with the law and the council's own settings."""


@clocks.command()
def settings() -> None:
    """List the time limits that the law leaves to the council, and what its folder sets them to."""
    found = _sound()
    for code, (setting, unit) in sorted(declared().items()):
        click.echo(f"{code}: {setting.least} to {setting.most} {unit}s")
        for each in sorted((each for each in found if each.setting == code), key=lambda each: each.since):
            until = f" until {each.until}" if each.until else ""
            click.echo(f"    {each.number} for what begins from {each.since}{until}: {each.set_by}")


@clocks.command()
@click.option("--after", type=click.UUID, help="Go on after this clock, where an earlier run stopped.")
def reckon(after: UUID | None) -> None:
    """Reckon every open clock anew from its events, and print what differs.

    For when the law, the holidays or a setting of the council changes. Safe to stop and to repeat: each step is kept as it
    is made, and the last line says where to go on.
    """
    _sound()
    looked = moved = 0
    with click.progressbar(length=actions.how_many_open(), label="Reckoning") as bar:
        for last, number, differing in actions.reckon_anew(after=after, at=timezone.now()):
            bar.update(number)
            looked, moved = looked + number, moved + len(differing)
            for each in differing:
                click.echo(f"\n{_told(each)}", nl=False)
            if differing:
                click.echo(f"\nSo far. To go on from here: wenlock clocks reckon --after {last}")
    click.echo(f"Reckoned {looked} open clock{'' if looked == 1 else 's'}; {moved} differed.")


def _sound() -> tuple[LocalSetting, ...]:
    try:
        return local_settings()
    except SettingsFaulty as faulty:
        raise click.ClickException(f"The council's own time limits cannot be read:\n{faulty}") from None


def _told(each: Difference) -> str:
    name = BY_CODE[each.code].name
    how = str(each.change) if each.change else "It is due as before."
    why = " ".join(each.change.because) if each.change else ""
    return f"{name}, {each.matter_table} {each.matter_id}: {how} {why}".rstrip()
