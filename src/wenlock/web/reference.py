"""`wenlock reference`: the reference pages, written from the declarations they list."""

from collections.abc import Callable
from pathlib import Path

import click

from wenlock.law.clock_catalogue import CLOCKS
from wenlock.law.clocks_page import as_markdown
from wenlock.partners import document

PAGES: dict[str, Callable[[], str]] = {
    "clocks.md": lambda: as_markdown(CLOCKS),
    "partners.md": document.as_markdown,
}


@click.command()
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/reference"),
    show_default=True,
    help="The folder to write them in.",
)
def reference(into: Path) -> None:
    """Write the reference pages from the declarations. Needs no database."""
    into.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (into / name).write_text(page(), encoding="utf-8")
        click.echo(f"Wrote {into / name}.")
