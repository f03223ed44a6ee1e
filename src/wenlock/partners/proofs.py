"""N9: what comes by other electronic means comes by a medium the notice lists, and by a key where a system sends it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from wenlock.notice.proof.registry import REGISTRY, Census, Probe
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.coming_in import channel
from wenlock.partners.codes import CHANNEL, SEND
from wenlock.partners.models import Key, Meter, Sent

SAFEGUARDING, RETURNS = "safeguarding", "statutory-returns"
BY_OTHER_MEANS = (
    "FROM intake_contact c JOIN notice_provenance p ON p.id = c.provenance_id "
    f"JOIN notice_channel h ON h.id = p.channel_id AND h.code = '{CHANNEL}' "
    "JOIN security_actor a ON a.id = c.recorded_by_id AND a.kind = 'service'"
)
FUNCTIONS = tuple(
    Function("guard", name)
    for name in (
        "partner_key_refused_v1",
        "partner_medium_v1",
        "partner_purpose_v1",
        "partner_key_within_the_notice_v1",
        "partner_key_kept_v1",
        "partner_key_opens_v1",
        "partner_sends_v1",
    )
)


def a_key(stage: Stage, *, approve: bool = True, **changes: Any) -> dict[str, Any]:
    """A key in force of an invented school's system, as its row; `changes` are the faults to try."""
    issuer, approver = (stage.worker("data-officer", purposes=(RETURNS,)) for _ in range(2))
    today = stage.one("SELECT guard.today()")
    row: dict[str, Any] = {
        "id": uuid4(), "prefix": uuid4().hex[:8].upper(), "digest": uuid4().hex * 2,
        "actor_id": stage.worker(None, kind="service"), "agency_id": _agency(stage), "purpose": SAFEGUARDING,
        "medium": "app", "scopes": [SEND], "from_on": today - timedelta(days=1),
        "until_on": today + timedelta(days=1), "issued_by_id": issuer, "issued_at": stage.now(), "revoked_why": "",
    } | changes  # fmt: skip
    stage.act(actor=row["issued_by_id"], purpose=RETURNS)
    stage.insert("partners_key", row)
    if approve:
        approved(stage, row, by=approver)
    return row | {"approved_by_id": approver}


def approved(stage: Stage, key: dict[str, Any], *, by: UUID) -> None:
    """Approve a key as somebody whose role links partners."""
    stage.act(actor=by, purpose=RETURNS)
    stage.run(
        "UPDATE partners_key SET approved_by_id = %s, approved_at = now() WHERE id = %s", [by, key["id"]]
    )


def _agency(stage: Stage) -> UUID:
    actor, agency = stage.worker("front-door", purposes=(SAFEGUARDING,)), uuid4()
    stage.act(actor=actor, purpose=SAFEGUARDING)
    stage.insert(
        "agencies_agency",
        {
            "id": agency, "source": "schools", "name": f"Attempt {agency}", "official_code": "", "email": "",
            "telephone": "", "recorded_by_id": actor, "recorded_at": stage.now(),
        },
    )  # fmt: skip
    return agency


def sends(stage: Stage, key: dict[str, Any], *, medium: str = "app") -> None:
    """Pass a contact on, as the key's account."""
    by = key["actor_id"]
    stage.act(actor=by, purpose=SAFEGUARDING)
    come = stage.provenance(actor=by, channel=CHANNEL, source="schools", purpose=SAFEGUARDING, medium=medium)
    reference = uuid4().hex[:9]
    contact = stage.contact(
        actor=by, provenance=come, reference=reference, teller="professional", words="An attempt.",
        agency_id=key["agency_id"],
    )  # fmt: skip
    stage.insert(
        "partners_sent",
        {
            "id": uuid4(), "key_id": key["id"], "contact_id": contact, "reference": reference,
            "mark": uuid4().hex * 2, "said": "0" * 64, "recorded_by_id": by, "recorded_at": stage.now(),
        },
    )  # fmt: skip


def one_that_sends(stage: Stage) -> dict[str, Any]:
    """A key that has sent a contact, so that what it is refused afterwards is not for want of something else."""
    key = a_key(stage)
    try:
        sends(stage, key)
    except psycopg.Error as error:
        # An answer that no probe expects: what a key in force is refused too proves nothing.
        raise psycopg.errors.RaiseException("A key in force could not send.") from error
    return key


def a_medium_not_listed(stage: Stage) -> None:
    a_key(stage, medium="carrier-pigeon")


def a_purpose_not_named(stage: Stage) -> None:
    a_key(stage, purpose="advertising")


def approved_by_its_issuer(stage: Stage) -> None:
    key = a_key(stage, approve=False)
    approved(stage, key, by=key["issued_by_id"])


def by_a_revoked_key(stage: Stage) -> None:
    key = one_that_sends(stage)
    stage.act(actor=key["approved_by_id"], purpose=RETURNS)
    stage.run(
        "UPDATE partners_key SET revoked_by_id = %s, revoked_at = now(), revoked_why = 'Lost' WHERE id = %s",
        [key["approved_by_id"], key["id"]],
    )
    sends(stage, key)


def by_a_key_whose_days_are_over(stage: Stage) -> None:
    key = one_that_sends(stage)
    stage.run(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # nothing waits to be checked, so that the table may be altered
    stage.become("wenlock_owner")
    for table in ("partners_key", "council_membership"):
        stage.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        stage.run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    stage.run(
        "UPDATE partners_key SET from_on = from_on - 9, until_on = guard.today() WHERE id = %s", [key["id"]]
    )
    stage.run("UPDATE council_membership SET until_at = from_at WHERE actor_id = %s", [key["actor_id"]])
    sends(stage, key)


def by_a_medium_not_the_keys(stage: Stage) -> None:
    sends(stage, one_that_sends(stage), medium="text")


def after_its_medium_is_struck_out(stage: Stage) -> None:
    key = one_that_sends(stage)
    stage.run(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # nothing waits to be checked, so that the table may be altered
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE notice_channel DISABLE TRIGGER notice_channel_never_changed")
    stage.run(f"UPDATE notice_channel SET permitted = '{{portal}}' WHERE code = '{CHANNEL}'")
    sends(stage, key)


def a_medium_struck_out_in_a_published_version(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(f"UPDATE notice_channel SET permitted = '{{}}' WHERE code = '{CHANNEL}'")


KNOWN = channel("N9", CHANNEL)
REGISTRY.add(
    replace(
        KNOWN,
        structure=(*KNOWN.structure, *of_model(Key), *of_model(Meter), *of_model(Sent), *FUNCTIONS),
        census=(
            *KNOWN.census,
            Census(
                "contacts passed on by a system that name no key of its own agency",
                f"SELECT count(*) {BY_OTHER_MEANS}",
                f"SELECT count(*) {BY_OTHER_MEANS} WHERE NOT EXISTS (SELECT 1 FROM partners_sent s "
                "JOIN partners_key k ON k.id = s.key_id WHERE s.contact_id = c.id AND k.actor_id = c.recorded_by_id "
                "AND k.agency_id = c.agency_id)",
            ),
            Census(
                "keys that one person issued and approved, or that last more than a year",
                "SELECT count(*) FROM partners_key",
                "SELECT count(*) FROM partners_key WHERE issued_by_id = approved_by_id OR until_on > from_on + 366",
            ),
        ),
        probes=(
            *KNOWN.probes,
            Probe(
                "issue a key for a medium not listed",
                a_medium_not_listed,
                ("partners_key_within_the_notice",),
            ),
            Probe(
                "issue a key for a purpose not named",
                a_purpose_not_named,
                ("partners_key_within_the_notice",),
            ),
            Probe(
                "approve a key one issued oneself",
                approved_by_its_issuer,
                ("partners_key_approved_by_another",),
            ),
            Probe("send a contact by a revoked key", by_a_revoked_key, ("42501",)),
            Probe("send a contact by a key whose days are over", by_a_key_whose_days_are_over, ("42501",)),
            Probe(
                "send a contact by a medium that is not the key's",
                by_a_medium_not_the_keys,
                ("partners_sent_as_the_key_says",),
            ),
            Probe(
                "send a contact by a medium the notice no longer lists",
                after_its_medium_is_struck_out,
                ("provenance_by_permitted_means",),
            ),
            Probe(
                "strike a medium out of a published version",
                a_medium_struck_out_in_a_published_version,
                ("notice_channel_never_changed",),
            ),
        ),
    )
)
