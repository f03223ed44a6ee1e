"""The papers of a contact: the scan of a letter, and what came with an e-mail."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.files.kept import KeptFile, arrived_whole
from wenlock.intake import codes, held
from wenlock.intake.models.contact import OF_A_CONTACT_SEEN, Contact
from wenlock.security.fields import an_actor
from wenlock.security.rows import audited, classified, countable, granted, service_policies


class Paper(KeptFile):
    """A file that a contact came in or with, kept as it came. `dated_on` is the day written on it, if there is one."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(codes.PAPERS.items()))
    dated_on = models.DateField(null=True, blank=True)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *arrived_whole("intake_paper"),
            UniqueConstraint(fields=["contact", "position"], name="intake_paper_once_in_its_place"),
            UniqueConstraint(fields=["contact", "sha256"], name="intake_paper_once_each"),
            CheckConstraint(name="intake_paper_kind_is_known", condition=Q(kind__in=list(codes.PAPERS))),
            DbTrigger(
                name="intake_paper_of_a_contact_in_reach",
                events="INSERT",
                function="guard.paper_is_added_v1",
            ),
            DbTrigger(
                name="intake_paper_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(name="intake_paper_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN),
            RowPolicy(
                name="intake_paper_added",
                command="INSERT",
                with_check="((SELECT guard.may('take-contact')) OR (SELECT guard.may('receive'))) "
                "AND recorded_by_id = (SELECT guard.actor())",
            ),
            *service_policies("intake_paper"),
            *granted(
                "intake_paper",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.PAPER)))})",
            ),
            *audited("intake_paper"),
            *classified("intake_paper", held.PAPER),
        ]

    def __str__(self) -> str:
        return self.file_name
