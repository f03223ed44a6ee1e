"""N86: an extra that rests on consent waits for a parent of a child under the age; help never does."""

from typing import Any
from uuid import uuid4

import psycopg

from wenlock.intake.models import Extra
from wenlock.intake.proofs.changes import told_of_a_child
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.shared import IN_FORCE


def extra(stage: Stage, **changes: Any) -> None:
    """A yes to be asked afterwards, beside a contact; `changes` are the faults to try."""
    actor, _, contact, _ = told_of_a_child(stage)
    row = {
        "id": uuid4(), "contact_id": contact, "code": "ask-afterwards", "age": 20, "grown": False,
        "permission_by_id": None, "permission_how": "", "recorded_by_id": actor, "agreed_at": stage.now(),
    } | changes  # fmt: skip
    stage.insert("intake_extra", row)


def by_a_child_alone(stage: Stage) -> None:
    extra(stage, age=12)


def by_somebody_of_no_known_age(stage: Stage) -> None:
    extra(stage, age=None)


def with_a_permission_nobody_verified(stage: Stage) -> None:
    extra(stage, age=12, permission_how="They ticked a box")


def with_a_permission_a_service_verified(stage: Stage) -> None:
    actor, _, contact, _ = told_of_a_child(stage)
    robot = stage.worker(None, kind="service")
    stage.act(actor=actor)
    stage.insert(
        "intake_extra",
        {
            "id": uuid4(), "contact_id": contact, "code": "ask-afterwards", "age": 12, "grown": False,
            "permission_by_id": robot, "permission_how": "By itself", "recorded_by_id": actor,
            "agreed_at": stage.now(),
        },
    )  # fmt: skip


def help_refused_for_age(stage: Stage) -> int:
    """A child of eleven asks for help by the website, with no permission: 1 when that is refused, 0 when it is taken."""
    stage.become("wenlock_owner")
    website = stage.one(
        "SELECT id FROM security_actor WHERE kind = 'service' AND email = 'website@services.invalid'"
    )
    stage.act(actor=website, purpose="safeguarding")
    provenance = stage.provenance(actor=website, channel="website", source="self", purpose="safeguarding")
    try:
        with stage.connection.transaction():
            contact = stage.contact(
                actor=website, provenance=provenance, kind="help", words="I am scared", teller="child",
                danger="unknown", urgency="today",
            )  # fmt: skip
            stage.insert(
                "intake_mention",
                {
                    "id": uuid4(), "contact_id": contact, "position": 0, "mentioned_as": "child", "given": "",
                    "family": "", "age_said": "11", "relationship": "themself", '"where"': "",
                },
            )  # fmt: skip
    except psycopg.Error:
        return 1
    return 0


NO_PERMISSION = "intake_extra_needs_a_parents_permission"

EXTRAS = (
    Proof(
        code="N86",
        structure=(
            *of_model(Extra),
            Function("guard", "extra_by_age_v1"),
            Function("guard", "online_consent_age_v1"),
        ),
        census=(
            Census(
                "yeses of children under the age of consent, without a permission that a worker verified",
                "SELECT count(*) FROM intake_extra",
                "SELECT count(*) FROM intake_extra e LEFT JOIN security_actor a ON a.id = e.permission_by_id "
                "WHERE NOT (e.grown AND e.age IS NULL) AND (a.kind IS DISTINCT FROM 'worker') AND coalesce(e.age, 0) < "
                "coalesce((SELECT min(c.age) FROM notice_onlineconsentage c WHERE c.since <= e.agreed_at::date), 16)",
            ),
            Census(
                "the age of consent, in the version in force",
                f"SELECT count(*) FROM notice_onlineconsentage WHERE {IN_FORCE}",
                "SELECT 0",
                at_least=1,
            ),
        ),
        probes=(
            Probe("keep a child's yes without a parent's permission", by_a_child_alone, (NO_PERMISSION,)),
            Probe(
                "keep a yes of somebody who does not say how old they are",
                by_somebody_of_no_known_age,
                (NO_PERMISSION,),
            ),
            Probe(
                "say that there is a permission which nobody verified",
                with_a_permission_nobody_verified,
                (NO_PERMISSION, "intake_extra_permission_is_verified"),
            ),
            Probe(
                "let a service account verify a permission",
                with_a_permission_a_service_verified,
                ("decision_is_a_persons",),
            ),
            Probe("refuse a child of eleven who asks for help", help_refused_for_age, ("no rows",)),
        ),
    ),
)
