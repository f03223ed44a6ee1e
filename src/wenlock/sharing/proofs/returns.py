"""The proofs of the statutory returns, and that nothing is sold or marketed."""

from hashlib import sha256
from uuid import UUID

from wenlock.notice.models import Ground, Purpose, Recipient, SharingRule
from wenlock.notice.proof.registry import REGISTRY, Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Constraint, Function, of_model
from wenlock.sharing.models import Definition, Disclosure, Outgoing

RETURNS = "statutory-returns"
DOOR = (*of_model(Disclosure), *of_model(Outgoing), Function("door", "disclose_return_v1"))
RULES = (*of_model(Recipient), *of_model(SharingRule))


def approver(stage: Stage) -> UUID:
    """Somebody whose role approves returns, acting for them."""
    actor = stage.worker("data-officer", purposes=(RETURNS,))
    stage.act(actor=actor, purpose=RETURNS)
    return actor


def disclose(stage: Stage, *, rule: str = "dfe-cin", fields: list[str] | None = None) -> None:
    """Ask the door to let a children in need census go."""
    if fields is None:
        fields = [stage.one("SELECT field FROM sharing_definition WHERE code = 'cin' ORDER BY field LIMIT 1")]
    stage.run(
        "SELECT door.disclose_return_v1(%s, 'cin', 'attempt', %s, 1, %s, 'attempt.xml')",
        [rule, fields, sha256(b"attempt").hexdigest()],
    )


def a_field_more(stage: Stage) -> None:
    approver(stage)
    disclose(stage, fields=["Message.Children.Child.ChildIdentifiers.Surname"])


def by_nobody_who_approves(stage: Stage) -> None:
    actor = stage.worker("social-worker", purposes=(RETURNS,))
    stage.act(actor=actor, purpose=RETURNS)
    disclose(stage)


def by_a_service_account(stage: Stage) -> None:
    actor = stage.worker("data-officer", purposes=(RETURNS,), kind="service")
    stage.act(actor=actor, purpose=RETURNS)
    disclose(stage)


def to_nobody_named(stage: Stage) -> None:
    approver(stage)
    disclose(stage, rule="a-newspaper")


def for_another_purpose(stage: Stage) -> None:
    actor = stage.worker("data-officer", purposes=("children-in-need",))
    stage.act(actor=actor, purpose="children-in-need")
    disclose(stage)


def after_its_ground_lapses(stage: Stage) -> None:
    approver(stage)
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE notice_ground DISABLE TRIGGER notice_ground_never_changed")
    stage.run("UPDATE notice_ground SET in_force_until = guard.today()")
    stage.become("wenlock_app")
    disclose(stage)


def names_read_for_a_return(stage: Stage) -> None:
    actor = stage.worker("data-officer", purposes=(RETURNS,))
    stage.act(actor=actor, purpose=RETURNS, role="wenlock_returns")
    stage.run("SELECT given, family FROM people_name")


def round_the_door(stage: Stage) -> None:
    approver(stage)
    stage.run(
        "INSERT INTO sharing_outgoing (id, disclosure_id, file_name, put_out_at) SELECT gen_random_uuid(), gen_random_uuid(), 'x', now()"
    )


def for_a_fee(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE sharing_disclosure NO FORCE ROW LEVEL SECURITY")
    stage.run(
        "INSERT INTO sharing_disclosure (id, version_id, rule_id, recipient_id, purpose_id, ground_id, definition, "
        "reference, fields, people, content_sha256, route, sent_by_id, approved_by_id, approved_at, consideration_pence) "
        "SELECT gen_random_uuid(), r.version_id, r.id, r.recipient_id, r.purpose_id, r.ground_id, '', 'sale', '{name}', "
        "1, repeat('0', 64), 'file', a.id, a.id, now(), 1 FROM notice_sharingrule r, security_actor a WHERE a.kind = 'worker' LIMIT 1"
    )


def to_a_purchaser(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_recipient (id, version_id, code, name, statements, kind, bodies) "
        "SELECT gen_random_uuid(), version_id, 'buyer', 'A buyer', '{}', 'purchaser', '{}' FROM notice_recipient LIMIT 1"
    )


def for_marketing(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_purpose (id, version_id, code, name, statements, service, needs_consent, in_force_from, "
        "categories) SELECT gen_random_uuid(), version_id, 'marketing', 'Marketing', '{}', '', false, '2020-01-01', '{}' "
        "FROM notice_purpose LIMIT 1"
    )


def marketing_by_the_application(stage: Stage) -> None:
    actor = stage.worker("administrator", purposes=("security",))
    stage.act(actor=actor, purpose="security")
    stage.run("INSERT INTO notice_purpose (id) VALUES (gen_random_uuid())")


REFUSED = (
    Probe("share with somebody the notice does not name", to_nobody_named, ("disclosure_has_a_rule",)),
    Probe("write the outbox without going through the door", round_the_door, ("42501",)),
)


REGISTRY.add(
    Proof(
        code="N34",
        structure=(*DOOR, *of_model(Definition)),
        census=(
            Census(
                "returns in the ledger with a field their definition does not have",
                "SELECT count(*) FROM sharing_disclosure WHERE definition <> ''",
                "SELECT count(*) FROM sharing_disclosure d, unnest(d.fields) f WHERE d.definition <> '' AND NOT EXISTS "
                "(SELECT 1 FROM sharing_definition x WHERE x.code = d.definition AND x.field = f)",
            ),
            Census(
                "fields the children in need census consists of",
                "SELECT count(*) FROM sharing_definition WHERE code = 'cin'",
                "SELECT 0",
                at_least=40,
            ),
        ),
        probes=(
            Probe(
                "send the Department a field more than the census has",
                a_field_more,
                ("disclosure_within_its_fields",),
            ),
            Probe("read children's names for a return", names_read_for_a_return, ("42501",)),
            Probe(
                "release a return without a role that approves",
                by_nobody_who_approves,
                ("disclosure_by_an_approver",),
            ),
            Probe("release a return by a service account", by_a_service_account, ("decision_is_a_persons",)),
        ),
        needs_a_person="The children in need census is made and released this way; the other returns are still to be built.",
    ),
    Proof(
        code="N64",
        structure=(*DOOR, *RULES, *of_model(Definition), *of_model(Ground), *of_model(Purpose)),
        census=(
            Census(
                "rules by which the Department is told, less than the four uses the notice gives",
                "SELECT count(*) FROM notice_sharingrule WHERE code = 'dfe-cin' "
                "AND version_id = guard.notice_in_force(guard.today())",
                "SELECT count(*) FROM notice_sharingrule WHERE code = 'dfe-cin' "
                "AND version_id = guard.notice_in_force(guard.today()) AND cardinality(uses) <> 4",
                at_least=1,
            ),
            Census(
                "disclosures to the Department outside the rule they name",
                "SELECT count(*) FROM sharing_disclosure",
                "SELECT count(*) FROM sharing_disclosure d JOIN notice_sharingrule r ON r.id = d.rule_id "
                "WHERE (r.recipient_id, r.purpose_id, r.ground_id) <> (d.recipient_id, d.purpose_id, d.ground_id)",
            ),
            Census(
                "disclosures that left with nothing in the ledger",
                "SELECT count(*) FROM sharing_outgoing",
                "SELECT count(*) FROM sharing_outgoing o LEFT JOIN sharing_disclosure d ON d.id = o.disclosure_id "
                "WHERE d.id IS NULL OR o.left_at < d.approved_at",
            ),
        ),
        probes=(
            Probe(
                "send it for a purpose that is not a return",
                for_another_purpose,
                ("disclosure_for_its_purpose",),
            ),
            Probe(
                "send it after the law it rests on has lapsed",
                after_its_ground_lapses,
                ("disclosure_ground_in_force",),
            ),
            Probe("send a field more than the census has", a_field_more, ("disclosure_within_its_fields",)),
            *REFUSED,
        ),
    ),
    Proof(
        code="N68",
        structure=(
            Constraint("sharing_disclosure", "sharing_disclosure_is_never_sold"),
            Constraint("notice_recipient", "notice_recipient_never_buys"),
            *DOOR,
        ),
        census=(
            Census(
                "disclosures for which anything was paid",
                "SELECT count(*) FROM sharing_disclosure",
                "SELECT count(*) FROM sharing_disclosure WHERE consideration_pence <> 0",
            ),
        ),
        probes=(
            Probe("record a disclosure for a penny", for_a_fee, ("sharing_disclosure_is_never_sold",)),
            Probe("name a purchaser as a recipient", to_a_purchaser, ("notice_recipient_never_buys",)),
            Probe("write the outbox without going through the door", round_the_door, ("42501",)),
        ),
    ),
    Proof(
        code="N69",
        structure=(
            Constraint("notice_purpose", "notice_purpose_is_never_marketing"),
            Constraint("notice_recipient", "notice_recipient_never_buys"),
            *of_model(Purpose),
            *DOOR,
        ),
        census=(
            Census(
                "purposes of marketing, in any version",
                "SELECT count(*) FROM notice_purpose",
                "SELECT count(*) FROM notice_purpose WHERE code ILIKE '%marketing%'",
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "declare a purpose of marketing, as the owner of the tables",
                for_marketing,
                ("notice_purpose_is_never_marketing",),
            ),
            Probe("add a purpose from the site", marketing_by_the_application, ("42501",)),
        ),
    ),
)
