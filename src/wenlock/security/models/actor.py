"""Whoever acts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.security.fields import key
from wenlock.security.rows import audited, granted


class ActorManager(BaseUserManager["Actor"]):
    """Finds and makes actors; e-mail addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Actor":
        return self.get(email__iexact=username)

    def create_user(
        self, email: str, *, name: str, kind: str = "worker", password: str | None = None
    ) -> "Actor":
        actor = self.model(email=email, name=name, kind=kind)
        actor.set_password(password)
        actor.save(using=self._db)
        return actor


class Actor(AbstractBaseUser):
    """Whoever acts: a worker, or the service account of one job. Membership of teams, not this row, gives reach."""

    KINDS: ClassVar = {"worker": "Worker", "service": "Service account"}

    id = key()
    kind = models.CharField(max_length=10, choices=list(KINDS.items()), default="worker")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    staff_subject = models.CharField(max_length=255, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = ActorManager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(models.functions.Lower("email"), name="security_actor_email_is_one_persons"),
            UniqueConstraint(
                fields=["staff_subject"],
                condition=~Q(staff_subject=""),
                name="security_actor_council_account_is_one_persons",
            ),
            CheckConstraint(name="security_actor_kind_is_known", condition=Q(kind__in=["worker", "service"])),
            CheckConstraint(
                name="security_actor_service_has_no_password",
                condition=~Q(kind="service") | Q(password__startswith="!"),
            ),
            *granted("security_actor", app="SELECT, INSERT, UPDATE", prover="SELECT (id, kind, is_active)"),
            *audited("security_actor"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]
