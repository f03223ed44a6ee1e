"""The notice as the database enforces it: one immutable version, its statements and the rows they bind to."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DOOR, OWNER, DbTrigger, Exclusion, TableGrant
from wenlock.security.fields import key
from wenlock.security.rows import granted


def policy_row(table: str, *unique: str) -> list[Any]:
    """What every policy table carries: one row per code in a version, read by all, written only by publishing."""
    return [
        UniqueConstraint(fields=["version", *unique], name=f"{table}_once_in_a_version"),
        DbTrigger(name=f"{table}_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"),
        *granted(table, app="SELECT"),
        TableGrant(name=f"{table}_door_may", role=DOOR, privileges="SELECT"),
    ]


class Version(models.Model):
    """One published version of the notice. In force from the first of `in_force_from` until `in_force_until`."""

    id = key()
    number = models.PositiveIntegerField()
    authority = models.CharField(max_length=40)
    controller = models.CharField(max_length=120)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    canonical = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    warnings = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["number"], name="notice_version_number_once"),
            Exclusion(
                name="notice_version_one_in_force",
                expression="daterange(in_force_from, in_force_until, '[)') WITH &&",
            ),
            CheckConstraint(
                name="notice_version_hash_is_of_its_text",
                condition=Q(
                    sha256=models.Func(
                        models.Func(models.F("canonical"), function="sha256"),
                        models.Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
            ),
            DbTrigger(
                name="notice_version_only_ends", events="UPDATE OR DELETE", function="guard.only_ends_v1"
            ),
            TableGrant(name="notice_version_owner_may", role=OWNER, privileges="SELECT"),
            *granted("notice_version", app="SELECT"),
        ]


class PolicyRow(models.Model):
    """A row of a version: its code, what it is called, and the statements of the notice that declare it."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="%(class)ss")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=400)
    statements = ArrayField(models.CharField(max_length=6))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One statement of the notice, in its own words, in its place."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="statements")
    code = models.CharField(max_length=6)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    says = models.TextField()
    binds = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = policy_row("notice_statement", "code")


class Channel(PolicyRow):
    """A way information comes in (N5–N10). `permitted` are the only means of it that may be kept, such as an app."""

    permitted = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints: ClassVar = policy_row("notice_channel", "code")


class Source(PolicyRow):
    """Somebody information is obtained from (N14–N26), and how what they give is handled.

    `giver` is body, people or application; `tags` follow all that comes from it, and are set by the database.
    """

    handling = models.CharField(max_length=40, blank=True)
    giver = models.CharField(max_length=20, blank=True)
    tags = ArrayField(models.CharField(max_length=20), default=list)
    default_category = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = policy_row("notice_source", "code")


class Category(PolicyRow):
    """A category of information (N11–N13). Special and criminal ones need a condition in force."""

    kind = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="notice_category_kind_is_known",
                condition=Q(kind__in=["ordinary", "special", "criminal"]),
            ),
            *policy_row("notice_category", "code"),
        ]


class Condition(models.Model):
    """What lets a special or criminal category be held: an Article 9 or 10 point, Schedule 1, and its policy document."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="conditions")
    category_code = models.CharField(max_length=60)
    article = models.CharField(max_length=40)
    schedule_1 = models.CharField(max_length=120)
    policy_document = models.CharField(max_length=200)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="notice_condition_is_whole",
                condition=~Q(article="") & ~Q(schedule_1="") & ~Q(policy_document=""),
            ),
            *policy_row("notice_condition", "category_code", "article", "schedule_1"),
        ]


class Ground(PolicyRow):
    """A lawful ground: an Article 6 point and the provision it rests on, with the dates the provision is in force."""

    article_6 = models.CharField(max_length=12)
    instrument = models.CharField(max_length=60)
    provision = models.CharField(max_length=80)
    gives = models.CharField(max_length=20)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=1, blank=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="notice_ground_names_a_provision_or_consent",
                condition=Q(article_6="6(1)(a)") | (~Q(instrument="") & ~Q(provision="")),
            ),
            *policy_row("notice_ground", "code"),
        ]


class Purpose(PolicyRow):
    """A purpose information is collected for (N27–N34)."""

    service = models.CharField(max_length=120)
    needs_consent = models.BooleanField(default=False)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    categories = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints: ClassVar = [
            # While the notice says information is not shared for marketing, no such purpose can be written down.
            CheckConstraint(
                name="notice_purpose_is_never_marketing", condition=~Q(code__icontains="marketing")
            ),
            *policy_row("notice_purpose", "code"),
        ]


class PurposeGround(models.Model):
    """A ground a purpose rests on."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="purpose_grounds")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="purpose_grounds")
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = policy_row("notice_purposeground", "purpose", "ground")


class Recipient(PolicyRow):
    """Somebody information may be shared with (N50–N67). Of an open class, `bodies` are those named so far."""

    kind = models.CharField(max_length=40)
    bodies = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="notice_recipient_never_buys",
                condition=~Q(kind__in=["purchaser", "marketing", "data-broker"]),
            ),
            *policy_row("notice_recipient", "code"),
        ]


class SharingRule(models.Model):
    """A lawful sharing: recipient, purpose, categories and ground, between dates; `definition` names a return."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sharing_rules")
    code = models.CharField(max_length=80)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="rules")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="+")
    categories = ArrayField(models.CharField(max_length=60))
    uses = ArrayField(models.CharField(max_length=200), default=list)
    definition = models.CharField(max_length=20, blank=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = policy_row("notice_sharingrule", "code")


class Right(PolicyRow):
    """A right of the people the information is about (N70–N76)."""

    provision = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = policy_row("notice_right", "code")


class Contact(PolicyRow):
    """A way to reach somebody the notice names, with an owner and the day it must be looked at again."""

    kind = models.CharField(max_length=10)
    lines = ArrayField(models.CharField(max_length=200))
    owner = models.CharField(max_length=120)
    review_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="notice_contact_has_an_owner", condition=~Q(owner="")),
            *policy_row("notice_contact", "code"),
        ]


class Cookie(PolicyRow):
    """A cookie the site may set (N87–N89)."""

    needs_consent = models.BooleanField()
    lasts = models.CharField(max_length=80)
    used_for = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = policy_row("notice_cookie", "code")


class OnlineConsentAge(models.Model):
    """The age from which a child consents for themselves to online extras (N86), from a date."""

    id = key()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="consent_ages")
    age = models.PositiveSmallIntegerField()
    since = models.DateField()
    provision = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="notice_onlineconsentage_is_lawful", condition=Q(age__gte=13, age__lte=16)),
            *policy_row("notice_onlineconsentage", "since"),
        ]
