"""N1 to N4: who speaks."""

from wenlock.notice.models import Contact, Version
from wenlock.notice.proof.registry import Census, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.proofs.shared import (
    IN_FORCE,
    a_column_nobody_mapped,
    classified_triggers,
    unmapped_columns,
)


def second_version_in_force(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_version (id, number, authority, controller, in_force_from, canonical, sha256, warnings, "
        "published_at, published_by) SELECT gen_random_uuid(), number + 1000, authority, 'Another council', "
        "guard.today(), canonical, sha256, '[]', now(), 'Nobody' FROM notice_version LIMIT 1"
    )


def rewrite_the_version(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run("UPDATE notice_version SET controller = 'Another council'")


def contact_without_an_owner(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_contact (id, version_id, code, name, statements, kind, lines, owner, review_on) "
        "SELECT gen_random_uuid(), version_id, 'unowned', 'unowned', statements, kind, lines, '', review_on "
        "FROM notice_contact LIMIT 1"
    )


def contacts(code: str, why: str) -> Proof:
    """The proof of a statement that gives a contact; whether it is answered is for a person to attest."""
    mine = f"'{code}' = ANY (statements) AND {IN_FORCE}"
    return Proof(
        code=code,
        structure=tuple(of_model(Contact)),
        census=(
            Census(
                "contacts of this statement that are past the day they must be looked at",
                f"SELECT count(*) FROM notice_contact WHERE {mine}",
                f"SELECT count(*) FROM notice_contact WHERE {mine} AND review_on < guard.today()",
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "publish a contact that nobody owns",
                contact_without_an_owner,
                ("notice_contact_has_an_owner",),
            ),
        ),
        needs_a_person=why,
    )


WHO = (
    Proof(
        code="N1",
        structure=tuple(classified_triggers(sensitive=False)),
        census=(Counted("columns of the database under no statement of this notice", unmapped_columns),),
        probes=(
            Probe(
                "hold something of a person in a column nobody mapped", a_column_nobody_mapped, ("no rows",)
            ),
        ),
    ),
    Proof(
        code="N2",
        structure=tuple(of_model(Version)),
        census=(
            Census(
                "days from today on which two councils speak, or none",
                "SELECT count(*) FROM notice_version",
                "SELECT abs(count(*) - 1) FROM notice_version WHERE in_force_from <= guard.today() "
                "AND (in_force_until IS NULL OR in_force_until > guard.today())",
                at_least=1,
            ),
            Census(
                "versions of another council in this database",
                "SELECT count(*) FROM notice_version",
                "SELECT count(DISTINCT authority) - 1 FROM notice_version",
            ),
        ),
        probes=(
            Probe(
                "let a second council speak at once",
                second_version_in_force,
                ("notice_version_one_in_force",),
            ),
            Probe("rewrite what was published", rewrite_the_version, ("notice_version_only_ends",)),
        ),
    ),
    contacts("N3", "The address was true when the council wrote it; somebody must confirm that it still is."),
    contacts(
        "N4", "Somebody must ring the number and write to the address, and record that both were answered."
    ),
)
