"""The proofs of what `people` enforces: that the record stays true, is safe, and that people decide."""

from wenlock.base.constraints import DbTrigger
from wenlock.notice.proof.registry import REGISTRY, Census, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, Policy, Privileges, Refuser, Trigger, of_model
from wenlock.notice.proofs.information import begun_child
from wenlock.notice.proofs.shared import held_models
from wenlock.people.models import Correction, MatchProposal, Merge, MergeMove, MergeUndo, Person
from wenlock.people.shared import MOST_IN_A_MINUTE
from wenlock.security.models import AuditEvent

DECIDED = Function("guard", "decided_by_a_person_v1")


def declared(*kinds: type[Refuser], containing: str = "") -> tuple[Refuser, ...]:
    """What every classified table declares of these kinds, by a part of its name."""
    return tuple(
        refuser
        for model, _ in held_models()
        for refuser in of_model(model, *kinds)
        if containing in refuser.name
    )


def somebody_elses_child(stage: Stage) -> int:
    """A child begun by one worker, asked for by another: rows got."""
    begun_child(stage)
    stranger = stage.worker("social-worker")
    stage.act(actor=stranger)
    return int(stage.one("SELECT count(*) FROM people_person"))


def ones_own_child_in_conflict(stage: Stage) -> int:
    """A child begun by a worker who then declares a conflict of interest: rows got."""
    actor, _, child = begun_child(stage)
    stage.insert(
        "security_conflict",
        {
            "id": child,
            "actor_id": actor,
            "person_id": child,
            "kind": "relative",
            "declared_by_id": actor,
            "declared_at": stage.now(),
        },
    )
    return int(stage.one("SELECT count(*) FROM people_person WHERE id = %s", [child]))


def delete_a_child(stage: Stage) -> None:
    _, _, child = begun_child(stage)
    stage.run("DELETE FROM people_person WHERE id = %s", [child])


def rewrite_the_trail(stage: Stage) -> None:
    begun_child(stage)
    stage.run("UPDATE security_auditevent SET kind = 'nothing'")


def rewrite_the_trail_as_owner(stage: Stage) -> None:
    begun_child(stage)
    stage.become("wenlock_owner")
    stage.run("TRUNCATE security_auditevent")


def correct_without_a_reason(stage: Stage) -> None:
    _, _, child = begun_child(stage)
    stage.run("UPDATE people_person SET born_on = '2014-01-01' WHERE id = %s", [child])


def correct_and_lose_what_was(stage: Stage) -> int:
    """Correct with a reason; 0 when the old value was kept with it."""
    _, _, child = begun_child(stage)
    stage.run("SELECT set_config('wenlock.reason', 'The birth certificate was seen', true)")
    stage.run("UPDATE people_person SET born_on = '2014-01-01' WHERE id = %s", [child])
    kept = stage.one("SELECT was ->> 'born_on' FROM people_correction WHERE row_id = %s", [child])
    return 0 if kept == "2015-05-05" else 1


def match_decided_by_a_service(stage: Stage) -> None:
    actor, provenance, child = begun_child(stage)
    other = stage.person(actor=actor, provenance=provenance)
    robot = stage.worker(None, kind="service")
    stage.act(actor=actor)
    stage.insert(
        "people_matchproposal",
        {"id": child, "person_id": child, "other_id": other, "reasons": ["alike"], "proposed_by_id": actor, "proposed_at": stage.now(), "answer": "same", "decided_by_id": robot, "decided_at": stage.now()},
    )  # fmt: skip


def closed_by_a_service(stage: Stage) -> None:
    actor, provenance, child = begun_child(stage)
    robot = stage.worker("social-worker", kind="service")
    stage.act(actor=actor)
    stage.fact(
        "child_in_need_episode", person=child, actor=robot, provenance=provenance, referred_on="2026-01-05",
        referral_source="6", referrer="", primary_need="N1", closed_on="2026-02-05", closure_reason="RC7",
    )  # fmt: skip


def merge_of_two(stage: Stage, *, role: str) -> None:
    """Two children begun by two workers, merged by a third who does not say that each would see the other's."""
    (_, _, child), (_, _, other) = begun_child(stage), begun_child(stage)
    stage.act(actor=stage.worker(role))
    stage.run(
        "SELECT guard.merge_people_v1(%s, %s, '{}', '{}', '{}', 'The same child', statement_timestamp())",
        [child, other],
    )


def merge_shown_to_nobody(stage: Stage) -> None:
    merge_of_two(stage, role="data-officer")


def merge_by_whoever_works_with_neither(stage: Stage) -> None:
    merge_of_two(stage, role="team-manager")


def decide_in_haste(stage: Stage) -> None:
    """One more contact decided on than a minute has room for, all in one statement."""
    actor = stage.worker("front-door")
    stage.act(actor=actor)
    provenance = stage.provenance(actor=actor)
    contacts = [stage.contact(actor=actor, provenance=provenance) for _ in range(MOST_IN_A_MINUTE + 1)]
    stage.run(
        "INSERT INTO intake_decision (id, contact_id, outcome, seen, reason, decided_by_id, decided_at) "
        "SELECT gen_random_uuid(), c.id, 'none', 'Looked', 'Nothing', %s, now() FROM intake_contact c WHERE c.id = ANY (%s)",
        [actor, contacts],
    )


def outcomes_without_a_person(stage: Stage) -> tuple[int, list[str]]:
    """Rows of the tables that hold outcomes, decided by something that is not a person."""
    covered, broken = 0, []
    for model, _ in held_models():
        for trigger in model._meta.constraints:
            if not isinstance(trigger, DbTrigger) or trigger.function != f"guard.{DECIDED.name}":
                continue
            table, (column,) = model._meta.db_table, trigger.arguments
            count, wrong = stage.run(
                f"SELECT count(*), count(*) FILTER (WHERE a.kind <> 'worker') FROM {table} t "
                f"JOIN security_actor a ON a.id = t.{column}"
            ).fetchone()  # type: ignore[misc]
            covered += count
            broken += [f"{table}: {wrong}"] if wrong else []
    return covered, broken


REGISTRY.add(
    Proof(
        code="N79",
        structure=(
            *declared(Policy),
            *declared(Privileges),
            *declared(Trigger, containing="_audited_"),
            *of_model(AuditEvent),
            Function("guard", "people"),
            Function("guard", "conflicts"),
            Function("guard", "context_v1"),
        ),
        census=(
            Census(
                "acts in the audit trail by nobody, other than signing in and those of the installation itself",
                "SELECT count(*) FROM security_auditevent",
                "SELECT count(*) FROM security_auditevent WHERE actor_id IS NULL AND kind NOT IN ('sign-in-refused', "
                "'signed-in', 'signed-out', 'policy-published', 'epoch-begun', 'backup-begun', 'backup-made') "
                "AND kind NOT IN ('created', 'changed')",
            ),
        ),
        probes=(
            Probe("open somebody else's child", somebody_elses_child, ("no rows",)),
            Probe(
                "open a child one has a conflict of interest with", ones_own_child_in_conflict, ("no rows",)
            ),
            Probe("delete a child", delete_a_child, ("42501",)),
            Probe("change the audit trail", rewrite_the_trail, ("42501",)),
            Probe(
                "empty the audit trail, as the owner of the tables",
                rewrite_the_trail_as_owner,
                ("security_auditevent_never_emptied",),
            ),
        ),
        needs_a_person="The record is closed to strangers and every look is kept; the whole list of tests is still to be dated.",
    ),
    Proof(
        code="N83",
        structure=(
            *declared(Trigger, containing="_keeps_what_was"),
            *of_model(Correction),
            *of_model(Merge),
            *of_model(MergeMove),
            *of_model(MergeUndo),
            Function("guard", "keep_what_was_v1"),
            Function("guard", "merge_people_v1"),
            Function("guard", "undo_merge_v1"),
        ),
        census=(
            Census(
                "corrections without a reason",
                "SELECT count(*) FROM people_correction",
                "SELECT 0",
            ),
            Census(
                "records merged into another by no merge that stands",
                "SELECT count(*) FROM people_person WHERE merged_into_id IS NOT NULL",
                "SELECT count(*) FROM people_person p WHERE p.merged_into_id IS NOT NULL AND NOT EXISTS ("
                "SELECT 1 FROM people_merge m WHERE m.other_id = p.id "
                "AND NOT EXISTS (SELECT 1 FROM people_mergeundo u WHERE u.merge_id = m.id))",
            ),
        ),
        probes=(
            Probe("replace a fact without saying why", correct_without_a_reason, ("correction_says_why",)),
            Probe("replace a fact and lose what was there", correct_and_lose_what_was, ("no rows",)),
            Probe(
                "merge two records and show each to whoever saw the other, without saying so",
                merge_shown_to_nobody,
                ("people_merge_says_who_will_see",),
            ),
            Probe(
                "merge records that are no work of whoever does it",
                merge_by_whoever_works_with_neither,
                ("people_merge_by_who_may",),
            ),
        ),
        needs_a_person="What is corrected is kept with its reason, and somebody recorded twice is made one by a person; asking people "
        "from time to time is still to be built.",
    ),
    Proof(
        code="N85",
        structure=(
            *declared(Trigger, containing="_decided_by_a_person"),
            *declared(Trigger, containing="_weighed_one_by_one"),
            *of_model(MatchProposal),
            *of_model(Person, Policy),
            DECIDED,
            Function("guard", "at_a_human_pace_v1"),
        ),
        census=(Counted("outcomes recorded by something that is not a person", outcomes_without_a_person),),
        probes=(
            Probe(
                "let a service account say that two records are one person's",
                match_decided_by_a_service,
                ("decision_is_a_persons",),
            ),
            Probe("let a service account close a case", closed_by_a_service, ("decision_is_a_persons",)),
            Probe("decide on many contacts in one go", decide_in_haste, ("decision_is_at_a_human_pace",)),
        ),
    ),
)
