"""Saying how information came, before any of it is recorded."""

from datetime import datetime

from wenlock.base.identifiers import new_id
from wenlock.law.calendars import LONDON
from wenlock.notice import queries
from wenlock.notice.models import Provenance, Source
from wenlock.security.models import Actor


def obtained(
    *,
    channel: str,
    source: str,
    purpose: str,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    source_name: str = "",
    place: str = "",
    medium: str = "",
    file_name: str = "",
    file_sha256: str = "",
) -> Provenance:
    """Record one obtaining of information, under the notice in force, and return it for the rows that rest on it.

    `purpose` must be the one open in the transaction's context; `medium` is a means that the notice permits of the
    channel, such as an app, or "" when there is nothing to say of it. Raises NotInTheNotice for a channel, source or
    purpose the notice does not name, and NoNoticeInForce when there is none.
    """
    version = queries.version_in_force(on=at.astimezone(LONDON).date())
    giver = queries.declared("source", source, version=version)
    provenance = Provenance(
        id=new_id(),
        version=version,
        channel_id=queries.declared("channel", channel, version=version),
        source_id=giver,
        purpose_id=queries.declared("purpose", purpose, version=version),
        handling=Source.objects.values_list("handling", flat=True).get(pk=giver),
        source_name=source_name,
        received_at=received_at or at,
        recorded_by=by,
        recorded_at=at,
        place=place,
        medium=medium,
        file_name=file_name,
        file_sha256=file_sha256,
    )
    provenance.save(force_insert=True)
    return provenance
