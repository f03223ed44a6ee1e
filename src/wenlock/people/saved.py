"""Searches kept to be repeated: kept, listed and forgotten by the worker whose they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.people.models import SavedSearch
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

MOST = 20  # a longer list is slower to read than typing is


class TooMany(Exception):
    """A worker keeps so many searches already."""

    advice = f"You keep {MOST} searches already. Forget one you no longer use, then keep this one."


@dataclass(frozen=True, slots=True)
class Saved:
    """A search to repeat: its title, and what to type."""

    id: UUID
    title: str
    words: str


def keep_search(*, title: str, words: str, by: Actor, at: datetime) -> None:
    """Keep what was typed, under a title no other search of theirs has. Raises TooMany, and a database error."""
    if len(saved_searches(owner=by)) >= MOST:
        raise TooMany
    SavedSearch(id=new_id(), owner=by, title=title, words=words, saved_at=at).save(force_insert=True)


def forget_search(*, search: UUID, by: Actor, at: datetime) -> None:
    """End a search: its title and words are emptied. Raises NotFound for one that is not theirs, or has ended."""
    kept = SavedSearch.objects.filter(pk=search, owner=by, ended_at__isnull=True)
    if not kept.update(title="", words="", ended_at=at):
        raise NotFound


def saved_searches(*, owner: Actor) -> list[Saved]:
    """The searches a worker keeps, by title."""
    rows = SavedSearch.objects.filter(owner=owner, ended_at__isnull=True)
    return [Saved(row.pk, row.title, row.words) for row in rows.order_by("title")[:MOST]]
