"""N8: what comes by e-mail is filed or rejected, each e-mail once, and nothing of it is lost in silence."""

from dataclasses import replace
from uuid import uuid4

from wenlock.intake.mailbox.declared import MailboxFaulty, declared
from wenlock.intake.models import Email, Pull
from wenlock.notice.proof.registry import Census, Counted, Probe
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.coming_in import channel

SAFEGUARDING = "safeguarding"


def mailbox(stage: Stage) -> dict[str, object]:
    """A way in that has found an e-mail; the line of the register."""
    actor = stage.worker("way-in", purposes=(SAFEGUARDING,), kind="service")
    stage.act(actor=actor, purpose=SAFEGUARDING)
    row: dict[str, object] = {
        "id": uuid4(), "mailbox": "attempt", "uidvalidity": 1, "uid": 1, "size": 9, "arrived_at": "now",
        "recorded_by_id": actor, "recorded_at": "now", "sha256": "", "message_id": "", "sender": "", "sender_name": "",
        "subject": "", "headers": "", "verified": "", "reason": "",
    }  # fmt: skip
    stage.insert("intake_email", row)
    return row


def take_it_twice(stage: Stage) -> None:
    stage.insert("intake_email", mailbox(stage) | {"id": uuid4()})


def drop_it(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE intake_email NO FORCE ROW LEVEL SECURITY")
    row = mailbox(stage)
    stage.become("wenlock_owner")
    stage.run("DELETE FROM intake_email WHERE id = %s", [row["id"]])


def read_it_and_do_nothing(stage: Stage) -> None:
    row = mailbox(stage)
    stage.run(
        "UPDATE intake_email SET read_at = now(), sha256 = repeat('0', 64), verified = 'verified' WHERE id = %s",
        [row["id"]],
    )


def reject_it_for_being_odd(stage: Stage) -> None:
    row = mailbox(stage)
    stage.run(
        "UPDATE intake_email SET read_at = now(), sha256 = repeat('0', 64), verified = 'verified', reason = 'odd' "
        "WHERE id = %s",
        [row["id"]],
    )


def count_what_does_not_add_up(stage: Stage) -> None:
    row = mailbox(stage)
    stage.insert(
        "intake_pull",
        {
            "id": uuid4(), "mailbox": "attempt", "began_at": "now", "ended_at": "now", "came": 1, "received": 1,
            "filed": 0, "rejected": 0, "waiting": 0, "missing": 0, "fault": "", "recorded_by_id": row["recorded_by_id"],
        },
    )  # fmt: skip


def mailboxes_not_read(stage: Stage) -> tuple[int, list[str]]:
    """The mailboxes the council declares, and those whose last pull in six hours did not account for everything."""
    try:
        names = list(declared())
    except MailboxFaulty as error:
        return 0, [str(error)]
    sound = {
        row[0]
        for row in stage.run(
            "SELECT mailbox FROM (SELECT DISTINCT ON (mailbox) * FROM (SELECT mailbox, ended_at, missing, waiting, fault "
            "FROM intake_pull) p ORDER BY mailbox, ended_at DESC) last "
            "WHERE ended_at > now() - interval '6 hours' AND fault = '' AND missing = 0 AND waiting = 0"
        )
    }
    return len(names), [name for name in names if name not in sound]


EMAIL = channel("N8", "email")
MAILBOX = (
    replace(
        EMAIL,
        structure=(
            *EMAIL.structure,
            *of_model(Email),
            *of_model(Pull),
            Function("guard", "email_kept_v1"),
        ),
        census=(
            *EMAIL.census,
            Census(
                "e-mails received that an hour later are neither filed nor rejected",
                "SELECT count(*) FROM intake_email",
                "SELECT count(*) FROM intake_email WHERE read_at IS NULL AND recorded_at < now() - interval '1 hour'",
            ),
            Census(
                "e-mails received, less those filed and those rejected and those that wait",
                "SELECT count(*) FROM intake_email",
                "SELECT count(*) - count(*) FILTER (WHERE contact_id IS NOT NULL) - count(*) FILTER (WHERE read_at IS NULL) "
                "- count(*) FILTER (WHERE contact_id IS NULL AND reason <> '') FROM intake_email",
            ),
            Census(
                "contacts that a mailbox passed on without the e-mail they came in, or by another channel",
                "SELECT count(*) FROM intake_email WHERE contact_id IS NOT NULL",
                "SELECT count(*) FROM intake_contact c JOIN notice_provenance p ON p.id = c.provenance_id "
                "JOIN notice_channel h ON h.id = p.channel_id JOIN security_actor a ON a.id = c.recorded_by_id "
                "LEFT JOIN intake_email e ON e.contact_id = c.id "
                "WHERE (h.code = 'email' AND a.kind = 'service') <> (e.id IS NOT NULL)",
            ),
            Counted("mailboxes of the council not read to the end in six hours", mailboxes_not_read),
        ),
        probes=(
            *EMAIL.probes,
            Probe("take the same e-mail twice", take_it_twice, ("intake_email_found_once",)),
            Probe(
                "drop an e-mail in silence, as the owner of the tables",
                drop_it,
                ("intake_email_never_changed",),
            ),
            Probe(
                "read an e-mail and neither file nor reject it",
                read_it_and_do_nothing,
                ("intake_email_filed_or_rejected",),
            ),
            Probe(
                "reject an e-mail for a reason of one's own",
                reject_it_for_being_odd,
                ("intake_email_filed_or_rejected",),
            ),
            Probe(
                "write down a count that does not add up",
                count_what_does_not_add_up,
                ("intake_pull_adds_up",),
            ),
        ),
    ),
)
