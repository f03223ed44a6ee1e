"""How information came to be held: nothing about a person is stored without it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.notice.models.policy import Channel, Purpose, Source, Version
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies


class Provenance(models.Model):
    """One obtaining of information: by which channel, from which source, for what purpose, under which version.

    `received_at` is when it reached the council; `file_name` and `file_sha256` are set when it came in a file.
    """

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    handling = models.CharField(max_length=40, blank=True)
    medium = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="notice_provenance_file_has_its_hash",
                condition=Q(file_name="", file_sha256="")
                | (~Q(file_name="") & Q(file_sha256__regex="^[0-9a-f]{64}$")),
            ),
            CheckConstraint(
                name="notice_provenance_received_before_recorded",
                condition=Q(recorded_at__gte=models.F("received_at")),
            ),
            DbTrigger(
                name="notice_provenance_under_the_notice_in_force",
                events="INSERT",
                function="guard.provenance_in_force_v1",
            ),
            DbTrigger(
                name="notice_provenance_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(
                name="notice_provenance_seen_by_staff",
                command="SELECT",
                using="(SELECT guard.actor()) IS NOT NULL",
            ),
            RowPolicy(
                name="notice_provenance_recorded_by_oneself",
                command="INSERT",
                with_check="recorded_by_id = (SELECT guard.actor())",
            ),
            *service_policies("notice_provenance"),
            *granted(
                "notice_provenance",
                app="SELECT, INSERT",
                prover="SELECT (id, version_id, channel_id, source_id, purpose_id, medium, received_at)",
            ),
            *audited("notice_provenance"),
        ]
