"""Searches a worker keeps to repeat. What was typed may name somebody, so nobody else sees it, and it is emptied at the end."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Upper

from wenlock.base.constraints import RowPolicy
from wenlock.people import held
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, classified, countable, granted, service_policies

ITS_OWNERS = "owner_id = (SELECT guard.actor()) AND (SELECT guard.may('search'))"


class SavedSearch(models.Model):
    """What one worker searches for again and again, under a title of theirs. It keeps the words, never whom they found."""

    id = key()
    owner = an_actor()
    title = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                "owner",
                Upper("title"),
                condition=Q(ended_at__isnull=True),
                name="people_savedsearch_titled_once",
            ),
            CheckConstraint(
                name="people_savedsearch_says_something",
                condition=Q(ended_at__isnull=False) | Q(title__regex=r"\S", words__regex=r"\S"),
            ),
            CheckConstraint(
                name="people_savedsearch_is_emptied",
                condition=Q(ended_at__isnull=True) | Q(title="", words=""),
            ),
            RowPolicy(name="people_savedsearch_is_its_owners", using=ITS_OWNERS, with_check=ITS_OWNERS),
            *service_policies("people_savedsearch"),
            *granted(
                "people_savedsearch",
                app="SELECT, INSERT, UPDATE (title, words, ended_at)",
                prover=f"SELECT ({', '.join(sorted(countable(held.SAVED_SEARCH)))})",
            ),
            *audited("people_savedsearch"),
            *classified("people_savedsearch", held.SAVED_SEARCH),
        ]
