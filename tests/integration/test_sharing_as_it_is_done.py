"""Consents, places and agreements, answers, what a file holds, and whether it all adds up (N47–N49, N68)."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.sharing_examples import Sharing, staged
from wenlock.base.sentences import refusal
from wenlock.base.server import Server
from wenlock.notice.provenance import obtained
from wenlock.practice.case import actions as case
from wenlock.practice.case import documents
from wenlock.sharing import choosing, consenting, proposing, recipient_queries, recipients, weighing
from wenlock.sharing.models import Consent, Proposal
from wenlock.sharing.packing import pack
from wenlock.sharing.proposing import Picked


@pytest.fixture
def school(server: Server, the: Cast) -> Iterator[Sharing]:
    """A school, which is told for early help with consent."""
    with staged(server, the, "education-providers") as stage:
        yield stage


@pytest.fixture
def police(server: Server, the: Cast) -> Iterator[Sharing]:
    with staged(server, the, "police") as stage:
        yield stage


@pytest.fixture
def ofsted(server: Server, the: Cast) -> Iterator[Sharing]:
    with staged(server, the, "ofsted") as stage:
        yield stage


def refused(act: Any) -> str:
    """The name of what refuses an act, or its state when a policy does."""
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        act()
    return refusal(told.value) or told.value.__cause__.sqlstate  # type: ignore[union-attr]


# Consent.


def test_a_father_without_responsibility_cannot_consent(school: Sharing) -> None:
    lee = school.the.people.lee.pk
    assert refused(lambda: school.consented(given_by=lee)) == "sharing_consent_by_who_may_give_it"


def test_somebody_hidden_is_refused_like_somebody_without_responsibility(school: Sharing) -> None:
    tom = school.the.people.tom.pk
    assert refused(lambda: school.consented(given_by=tom)) == "sharing_consent_by_who_may_give_it"


def test_a_child_under_sixteen_consents_only_with_the_reason_they_are_able_to(school: Sharing) -> None:
    mia = school.mia.pk
    assert (
        refused(lambda: school.consented(given_by=mia, capacity="own"))
        == "sharing_consent_by_who_may_give_it"
    )
    unsaid = {"given_by": mia, "capacity": "competent"}
    assert refused(lambda: school.consented(**unsaid)) == "sharing_consent_says_why_competent"
    assert school.consented(**unsaid, competent_because="She told me what it would mean for her.")


@pytest.mark.parametrize(("after", "who_may"), [(0, "own"), (1, "responsible")])
def test_from_the_sixteenth_birthday_only_the_young_person_consents(
    school: Sharing, after: int, who_may: str
) -> None:
    born = f"(guard.today() - interval '16 years')::date + {after}"
    school.alter("people_person", f"born_on = {born}", f"id = '{school.mia.pk}'")
    tried = {"own": school.mia.pk, "responsible": school.the.people.dawn.pk}
    for capacity, giver in tried.items():
        if capacity == who_may:
            assert school.consented(given_by=giver, capacity=capacity)
        else:
            code = refused(lambda c=capacity, g=giver: school.consented(given_by=g, capacity=c))
            assert code == "sharing_consent_by_who_may_give_it"


def test_a_childs_own_answer_takes_it_out_of_the_parents_hands(school: Sharing) -> None:
    school.consented()
    own = school.consented(
        given_by=school.mia.pk, capacity="competent", competent_because="She told me what it would mean."
    )
    withdrawn(school, own)
    proposal = school.proposed()
    school.approved(proposal)
    school.refuses(proposal, "share_consent_not_withdrawn")
    assert refused(school.consented) == "sharing_consent_by_who_may_give_it"


def withdrawn(school: Sharing, consent: Consent) -> None:
    with school.as_(school.the.amara):
        consenting.withdraw_consent(
            consent=consent, withdrawn_by="giver", by=school.the.amara, at=timezone.now()
        )


def test_withdrawing_takes_less_than_giving(school: Sharing) -> None:
    consent = school.consented()
    school.alter("council_role", "capabilities = array_remove(capabilities, 'record')")
    assert refused(school.consented) == "42501"
    withdrawn(school, consent)
    with school.as_(school.the.amara):
        about = recipient_queries.consents_about(person=school.mia.pk, on=school.today)
    assert [one.stands for one in about] == [False]


def test_a_consent_is_withdrawn_once_and_never_changed_otherwise(school: Sharing) -> None:
    consent = school.consented()
    withdrawn(school, consent)
    assert refused(lambda: withdrawn(school, consent)) == "sharing_consent_only_withdrawn"
    with pytest.raises(DatabaseError), transaction.atomic(), school.as_(school.the.amara):
        school.run("UPDATE sharing_consent SET withdrawn_at = NULL, withdrawn_by = ''")
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        school.as_(school.the.amara),
    ):
        school.run("UPDATE sharing_consent SET body = 'Somebody else'")


def test_a_consent_given_again_after_a_withdrawal_holds(school: Sharing) -> None:
    withdrawn(school, school.consented())
    school.consented()
    proposal = school.proposed()
    school.approved(proposal)
    assert school.sent(proposal).entry


# Places and agreements.


def test_nobody_verifies_what_they_wrote_themselves(police: Sharing) -> None:
    written, esme = police.place(verified=False), police.the.esme

    def verify() -> None:
        with police.as_(esme, PURPOSE):
            recipients.verify_destination(destination=written, how="I know them", by=esme, at=police.at)

    assert refused(verify) == "sharing_destination_verified_by_another"


def test_a_place_is_not_verified_in_somebody_elses_name(police: Sharing) -> None:
    written, esme = police.place(verified=False), police.the.esme

    def verify() -> None:
        with police.as_(esme, PURPOSE):
            recipients.verify_destination(
                destination=written, how="She knows", by=police.the.gwen, at=police.at
            )

    assert refused(verify) == "sharing_destination_verified_by_another"


def test_whoever_changed_it_last_cannot_verify_it(police: Sharing) -> None:
    gwen, place = police.the.gwen, police.destination

    def change_and_verify() -> None:
        with police.as_(gwen, "information-rights"):
            place.refresh_from_db()
            recipients.change_destination(destination=place, post="Desk 2", value="desk2@larkrise.example")
            recipients.verify_destination(destination=place, how="I changed it", by=gwen, at=police.at)

    assert refused(change_and_verify) == "sharing_destination_verified_by_another"


def test_a_verification_taken_back_is_nobodys(police: Sharing) -> None:
    with police.as_(police.the.gwen, "information-rights"):
        police.run(
            "UPDATE sharing_destination SET verified_by_id = NULL, verified_at = NULL, verified_how = ''"
        )
    police.destination.refresh_from_db()
    assert police.destination.verified_by_id is None


def test_a_place_at_somebody_the_notice_does_not_name_is_not_kept(police: Sharing) -> None:
    assert refused(lambda: police.place(recipient="a-newspaper")) == "sharing_recipient_is_listed"


def test_a_worker_does_not_keep_places_or_agreements(police: Sharing) -> None:
    amara = police.the.amara

    def write() -> None:
        with police.as_(amara):
            recipients.write_destination(
                recipient="police", body="x", post="x", route="file", value="x", by=amara, at=police.at
            )

    assert refused(write) == "42501"


def test_an_agreement_without_the_clause_against_selling_is_not_kept(police: Sharing) -> None:
    def write() -> None:
        with police.as_(police.the.esme, PURPOSE):
            recipients.write_agreement(
                recipient="police", reference="x", kind="contract", from_on=police.today, by=police.the.esme,
                until_on=police.today + timedelta(days=1), at=police.at, never_sold=False,
            )  # fmt: skip

    assert refused(write) == "sharing_agreement_never_sells"


# Answers.


def test_nobody_approves_what_they_proposed_themselves(police: Sharing) -> None:
    proposal = police.proposed()
    police.alter("council_role", "capabilities = capabilities || '{approve-sharing}'")
    assert refused(lambda: police.approved(proposal, by=police.the.amara)) == "share_approved_by_another"


def test_a_role_that_does_not_approve_approves_nothing(police: Sharing) -> None:
    proposal = police.proposed()
    police.alter("council_role", "capabilities = array_remove(capabilities, 'approve-sharing')")
    assert refused(lambda: police.approved(proposal)) == "share_approved_by_an_approver"


def test_a_decision_not_to_share_is_kept_with_what_was_found(police: Sharing) -> None:
    proposal, amara = police.proposed(), police.the.amara
    with police.as_(amara):
        proposing.answer(
            proposal=proposal, outcome="declined", because="It would put her at more risk.", on=police.today,
            by=amara, at=timezone.now(),
        )  # fmt: skip
    kept = list(proposal.weighings.order_by("weighed_at"))
    assert [one.stage for one in kept] == ["proposed", "answered"]
    assert {finding["code"] for finding in kept[1].findings} >= {"share_under_an_agreement"}
    assert refused(lambda: police.approved(proposal)) == "sharing_answer_proposal_id_key"


def test_a_proposal_that_may_not_go_is_kept_with_its_findings(police: Sharing) -> None:
    proposal = police.proposed(rule="a-newspaper")
    assert proposal.weighings.get().allowed is False


def test_nothing_is_added_to_what_was_weighed(police: Sharing) -> None:
    proposal, name = police.proposed(items=[]), police.names()[0]

    def add() -> None:
        with police.as_(police.the.amara):
            police.run(
                "INSERT INTO sharing_item (id, proposal_id, table_name, row_id, columns, originator_agreed) "
                "VALUES (gen_random_uuid(), %s, %s, %s, '{given}', '')",
                [proposal.pk, name.table, name.row],
            )

    assert refused(add) == "sharing_item_not_once_weighed"


# What goes.


def test_what_could_be_chosen_stays_within_the_rule_and_shows_no_protected_address(police: Sharing) -> None:
    with police.as_(police.the.amara):
        rule = weighing.rule_in_force(police.rule_code, on=police.today)
        assert rule
        found = choosing.choices(person=police.mia.pk, rule=rule)
    assert {"people_name", "people_person", "people_relationship"} <= {one.picked.table for one in found}
    assert not {"people_ethnicity", "people_identifier", "case_note"} & {one.picked.table for one in found}
    assert not [one for one in found if "Larkrise" in one.words or "SY8" in one.words]


def test_one_of_the_family_is_named_by_who_they_are_to_the_child(police: Sharing) -> None:
    dawn = police.run("SELECT id FROM people_name WHERE person_id = %s", [police.the.people.dawn.pk])[0][0]
    proposal = police.proposed(items=[Picked("people_name", dawn, ("given", "family"))])
    police.approved(proposal)
    said = json.loads(police.sent(proposal).content)
    assert said["items"] == [
        {"table": "people_name", "about": "mother", "values": {"given": "Dawn", "family": "Ashdown"}}
    ]


def test_one_of_the_family_goes_only_by_a_rule_with_the_family(police: Sharing) -> None:
    dawn = police.run("SELECT id FROM people_name WHERE person_id = %s", [police.the.people.dawn.pk])[0][0]
    proposal = police.proposed(items=[Picked("people_name", dawn, ("given",))])
    police.approved(proposal)
    police.alter("notice_sharingrule", "categories = array_remove(categories, 'family')")
    police.refuses(proposal, "share_within_its_categories")


@pytest.mark.parametrize(
    ("text", "code"),
    [("She sang.", ""), ("They moved to flat 4, 12 LARKRISE court.", "share_no_protected_address")],
)
def test_a_note_goes_unless_it_gives_a_protected_address_away(ofsted: Sharing, text: str, code: str) -> None:
    amara, at = ofsted.the.amara, timezone.now()
    with ofsted.as_(amara, PURPOSE):
        source = obtained(channel="telephone", source="family", purpose=PURPOSE, by=amara, at=at)
        note = case.write_note(
            about=[case.About(ofsted.mia.pk)], kind="visit", title="Visit", text=text, happened_at=at,
            provenance=source.pk, by=amara.pk, at=at, final=True,
        )  # fmt: skip
    proposal = ofsted.proposed(items=[Picked("case_note", note.pk, ("title", "text"))])
    ofsted.approved(proposal)
    if code:
        ofsted.refuses(proposal, code)
    else:
        assert json.loads(ofsted.sent(proposal).content)["items"][0]["values"]["text"] == text


def test_a_draft_does_not_go(ofsted: Sharing) -> None:
    amara, at = ofsted.the.amara, timezone.now()
    with ofsted.as_(amara, PURPOSE):
        source = obtained(channel="telephone", source="family", purpose=PURPOSE, by=amara, at=at)
        note = case.write_note(
            about=[case.About(ofsted.mia.pk)], kind="visit", title="Visit", text="Not yet", happened_at=at,
            provenance=source.pk, by=amara.pk, at=at, final=False,
        )  # fmt: skip
    proposal = ofsted.proposed(items=[Picked("case_note", note.pk, ("text",))])
    ofsted.approved(proposal)
    ofsted.refuses(proposal, "share_of_what_one_sees")


def test_the_file_holds_what_the_door_let_out_and_the_document_as_it_was_kept(ofsted: Sharing) -> None:
    amara, at, paper = ofsted.the.amara, timezone.now(), b"Mia reads well.\n"
    with ofsted.as_(amara, PURPOSE):
        source = obtained(channel="email", source="schools", purpose=PURPOSE, by=amara, at=at)
        kept = documents.keep_document(
            about=[ofsted.mia.pk], title="Report", document_class="report", stream=io.BytesIO(paper), by=amara, at=at,
            file_name="report.txt", dated_on=None, provenance=source,
        )  # fmt: skip
        version = kept.versions.get()
    columns = ("file_name", "sha256")
    proposal = ofsted.proposed(items=[*ofsted.names(), Picked("case_documentversion", version.pk, columns)])
    ofsted.approved(proposal)
    sent = ofsted.sent(proposal)
    with ofsted.as_(amara):
        packed = zipfile.ZipFile(io.BytesIO(pack(sent, documents=[version.pk])))
    assert packed.read("shared.json").decode() == sent.content
    assert packed.read("documents/1-report.txt") == paper
    assert version.sha256 in sent.content
    assert "Mia" in packed.read("shared.html").decode()


def test_ledger_outbox_and_receipts_add_up(police: Sharing) -> None:
    proposal, amara = police.proposed(), police.the.amara
    police.approved(proposal)
    sent = police.sent(proposal)
    with police.as_(amara):
        sums = recipient_queries.reconciled()
        assert (sums.ledger, sums.outbox, sums.receipts, sums.waiting, sums.astray) == (1, 1, 0, 1, 0)
        proposing.say_what_became(
            disclosure=sent.entry, outcome="handed-over", says="DS Pryce", happened_on=police.today, by=amara,
            at=police.at,
        )  # fmt: skip
        sums = recipient_queries.reconciled()
        assert (sums.receipts, sums.waiting, sums.astray) == (1, 0, 0)
    police.alter("sharing_outgoing", "left_at = NULL", f"disclosure_id = '{sent.entry}'")
    with police.as_(amara):
        assert recipient_queries.reconciled().astray == 1


def test_somebody_who_does_not_see_the_record_sees_none_of_it(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.sent(proposal)
    with police.as_(police.the.bashir):
        tables = ("proposal", "item", "answer", "weighing", "consent", "disclosure", "outgoing")
        for table in tables:
            assert police.run(f"SELECT count(*) FROM sharing_{table}") == [(0,)], table
        assert Proposal.objects.count() == 0
    assert police.refused(proposal.pk, by=police.the.bashir) == "share_of_a_record_open"
