"""N84: what somebody says has changed is put right once a worker knows who told it."""

from typing import Any
from uuid import UUID, uuid4

from wenlock.intake.models import Change, Feedback, IdentityCheck
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model


def told_of_a_child(stage: Stage) -> tuple[UUID, UUID, UUID, UUID]:
    """A worker who screens, a child, a change that was told and matched with the child, and a number held before it."""
    actor = stage.worker("team-manager")
    stage.act(actor=actor)
    provenance = stage.provenance(actor=actor)
    child = stage.person(actor=actor, provenance=provenance)
    number = stage.fact(
        "people_contactpoint", person=child, actor=actor, provenance=provenance, kind="phone", value="01632 960000",
        safe_to_use=True,
    )  # fmt: skip
    contact = stage.contact(
        actor=actor, provenance=provenance, kind="change", words="We have moved", teller="family"
    )
    mention = uuid4()
    stage.insert(
        "intake_mention",
        {
            "id": mention, "contact_id": contact, "position": 0, "mentioned_as": "child", "given": "", "family": "",
            "age_said": "", "relationship": "", '"where"': "",
        },
    )  # fmt: skip
    stage.run(
        "UPDATE intake_mention SET person_id = %s, matched_by_id = %s, matched_at = %s WHERE id = %s",
        [child, actor, stage.now(), mention],
    )
    return actor, child, contact, number


def check(stage: Stage, contact: UUID, actor: UUID, **changes: Any) -> UUID:
    """A check of who told it; `changes` are the faults to try."""
    row = {
        "id": uuid4(), "contact_id": contact, "how": "in-person", "number_id": None, "words": "Known for years",
        "satisfied": True, "checked_by_id": actor, "checked_at": stage.now(),
    } | changes  # fmt: skip
    stage.insert("intake_identitycheck", row)
    return row["id"]


def apply(stage: Stage, contact: UUID, child: UUID, actor: UUID, identity: UUID | None) -> None:
    """A change put right in the child's record."""
    stage.insert(
        "intake_change",
        {
            "id": uuid4(), "contact_id": contact, "person_id": child, "fact": "home", "outcome": "applied",
            "says": "Elsewhere", "reason": "They told us", "identity_id": identity, "decided_by_id": actor,
            "decided_at": stage.now(),
        },
    )  # fmt: skip


def unchecked(stage: Stage) -> None:
    actor, child, contact, _ = told_of_a_child(stage)
    apply(stage, contact, child, actor, None)


def not_satisfied(stage: Stage) -> None:
    actor, child, contact, _ = told_of_a_child(stage)
    apply(stage, contact, child, actor, check(stage, contact, actor, satisfied=False))


def to_somebody_else(stage: Stage) -> None:
    actor, _, contact, _ = told_of_a_child(stage)
    other = stage.person(actor=actor, provenance=stage.provenance(actor=actor))
    apply(stage, contact, other, actor, check(stage, contact, actor))


def by_the_number_in_the_message(stage: Stage) -> None:
    actor, child, contact, _ = told_of_a_child(stage)
    given = stage.fact(
        "people_contactpoint", person=child, actor=actor, provenance=stage.provenance(actor=actor), kind="phone",
        value="01632 960999", safe_to_use=True,
    )  # fmt: skip
    check(stage, contact, actor, how="called-back", number_id=given)


def by_a_service(stage: Stage) -> None:
    _, _, contact, _ = told_of_a_child(stage)
    robot = stage.worker("team-manager", kind="service")
    stage.act(actor=robot)
    check(stage, contact, robot)


def and_telling_nobody(stage: Stage) -> None:
    """Say that the change was dealt with while nothing came of it."""
    actor, _, contact, _ = told_of_a_child(stage)
    stage.insert(
        "intake_decision",
        {
            "id": uuid4(), "contact_id": contact, "outcome": "settled", "seen": "Nothing", "reason": "None",
            "decided_by_id": actor, "decided_at": stage.now(),
        },
    )  # fmt: skip


CHANGES = (
    Proof(
        code="N84",
        structure=(
            *of_model(IdentityCheck),
            *of_model(Change),
            *of_model(Feedback),
            Function("guard", "identity_is_checked_v1"),
            Function("guard", "change_rests_on_a_check_v1"),
            Function("guard", "decision_answers_its_kind_v1"),
        ),
        census=(
            Census(
                "changes put right that rest on no check by a person who was satisfied",
                "SELECT count(*) FROM intake_change WHERE outcome = 'applied'",
                "SELECT count(*) FROM intake_change m WHERE m.outcome = 'applied' AND NOT EXISTS ("
                "SELECT 1 FROM intake_identitycheck i JOIN security_actor a ON a.id = i.checked_by_id "
                "WHERE i.id = m.identity_id AND i.contact_id = m.contact_id AND i.satisfied "
                "AND i.checked_at <= m.decided_at AND a.kind = 'worker')",
            ),
            Census(
                "changes finished whose teller was not told what came of them, nor it said why not",
                "SELECT count(DISTINCT c.id) FROM intake_contact c JOIN intake_change m ON m.contact_id = c.id "
                "WHERE c.decided_at IS NOT NULL",
                "SELECT count(DISTINCT c.id) FROM intake_contact c JOIN intake_change m ON m.contact_id = c.id "
                "WHERE c.decided_at IS NOT NULL "
                "AND NOT EXISTS (SELECT 1 FROM intake_feedback f WHERE f.contact_id = c.id)",
            ),
        ),
        probes=(
            Probe(
                "put a change right that nobody has checked", unchecked, ("intake_change_rests_on_a_check",)
            ),
            Probe(
                "put a change right after a check that was not satisfied",
                not_satisfied,
                ("intake_change_rests_on_a_check",),
            ),
            Probe(
                "put it right in the record of somebody it is not about",
                to_somebody_else,
                ("intake_change_of_somebody_it_is_about",),
            ),
            Probe(
                "check somebody by the number they gave in the message",
                by_the_number_in_the_message,
                ("intake_identitycheck_by_a_number_held_before",),
            ),
            Probe("let a service account check who told it", by_a_service, ("decision_is_a_persons",)),
            Probe(
                "call a change dealt with when nothing came of it",
                and_telling_nobody,
                ("intake_decision_answers_its_kind",),
            ),
        ),
    ),
)
