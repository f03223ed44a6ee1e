"""`wenlock duplicates`: the records that may be one person's, found in bulk and proposed."""

import click
from django.utils import timezone

from wenlock.returns.operators import VARIABLE, NoOperator, operator
from wenlock.security.context import acting

CAPABILITY, PURPOSE, AN_HOUR = "merge-people", "children-in-need", 3600


@click.command()
@click.option(
    "--by", "email", metavar="EMAIL", help=f"Who is acting. Without it, {VARIABLE}, or the only one who may."
)
def duplicates(email: str | None) -> None:
    """Propose records that may be one person's, for a person to decide.

    Compares the records open to whoever acts. Prints counts; the pairs are under Duplicates on the worker's pages.
    """
    from wenlock.people.linking.proposing import propose_duplicates  # it takes a second to load

    try:
        by = operator(email=email, capability=CAPABILITY, purpose=PURPOSE)
    except NoOperator as error:
        raise click.ClickException(str(error)) from error
    at = timezone.now()
    with acting(actor=by.pk, purpose=PURPOSE, seconds=AN_HOUR):
        report = propose_duplicates(by=by, on=timezone.localdate(at), at=at)
    click.echo(f"Records compared, as {by.name} may see them: {report.compared:,}")
    click.echo(
        f"Pairs that may be one person: {report.likely:,}, of which {report.related:,} are recorded as related"
    )
    click.echo(f"Newly proposed: {report.proposed:,}. Decide on them at /work/duplicates/.")
