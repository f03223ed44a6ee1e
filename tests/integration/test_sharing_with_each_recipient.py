"""N47–N67: to each recipient a lawful sharing goes, in the ledger before it leaves; each unlawful one is refused.

Every refusal is asked twice: of the decision a worker sees, and of the database by a plain query as the runtime role.
"""

import json
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.db import connection

from tests.cast import Cast
from tests.integration.sharing_examples import BODY, BY_CONSENT, OPEN_CLASS, RULES, Sharing, staged
from wenlock.base.server import Server
from wenlock.security import actions as security
from wenlock.sharing import recipients
from wenlock.sharing.consenting import withdraw_consent
from wenlock.sharing.models import Disclosure
from wenlock.sharing.proposing import Picked


@pytest.fixture(params=sorted(RULES))
def sharing(request: pytest.FixtureRequest, server: Server, the: Cast) -> Iterator[Sharing]:
    """The stage, for each recipient in turn."""
    with staged(server, the, request.param) as stage:
        yield stage


@pytest.fixture(params=BY_CONSENT)
def by_consent(request: pytest.FixtureRequest, server: Server, the: Cast) -> Iterator[Sharing]:
    """The stage, for each recipient whose rule rests on consent."""
    with staged(server, the, request.param) as stage:
        yield stage


@pytest.fixture
def police(server: Server, the: Cast) -> Iterator[Sharing]:
    """The stage before the police."""
    with staged(server, the, "police") as stage:
        yield stage


def test_every_recipient_of_the_notice_is_tried(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM notice_recipient WHERE version_id = guard.notice_in_force(guard.today())"
        )
        # The Department is told by statutory returns, which have a door of their own and tests beside it.
        assert {code for (code,) in cursor.fetchall()} == set(RULES) | {"dfe"}


def test_what_is_lawful_goes_and_is_in_the_ledger_with_all_that_makes_it_so(sharing: Sharing) -> None:
    proposal = sharing.proposed()
    sharing.approved(proposal)
    assert sharing.found(proposal) == set()
    sent = sharing.sent(proposal)
    entry = Disclosure.objects.select_related("rule", "recipient", "agreement", "outgoing").get(pk=sent.entry)
    assert (entry.recipient.code, entry.rule.code) == (sharing.recipient, sharing.rule_code)
    assert (entry.person_id, entry.sent_by_id, entry.approved_by_id) == (
        sharing.mia.pk,
        sharing.the.amara.pk,
        sharing.the.carys.pk,
    )
    assert entry.fields == ["people_name.family", "people_name.given"]
    assert entry.agreement == sharing.agreement
    assert (entry.consent is not None) == (sharing.recipient in BY_CONSENT)
    assert entry.content_sha256 == sha256(sent.content.encode()).hexdigest()
    assert entry.outgoing.put_out_at <= entry.outgoing.left_at
    said = json.loads(sent.content)
    assert said["to"] == BODY
    assert said["items"] == [
        {"table": "people_name", "about": "", "values": {"given": "Mia", "family": "Ashdown"}}
    ]


def test_without_a_rule(sharing: Sharing) -> None:
    proposal = sharing.proposed(rule="a-newspaper")
    sharing.approved(proposal)
    sharing.refuses(proposal, "disclosure_has_a_rule")


def test_by_the_rule_of_a_statutory_return(police: Sharing) -> None:
    proposal = police.proposed(rule="dfe-cin")
    police.approved(proposal)
    police.alter(
        "notice_sharingrule",
        "purpose_id = (SELECT p.id FROM notice_purpose p "
        f"WHERE p.version_id = notice_sharingrule.version_id AND p.code = '{police.purpose}')",
        "code = 'dfe-cin'",
    )
    police.refuses(proposal, "disclosure_of_its_definition")


def test_by_a_rule_that_is_over(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter("notice_sharingrule", "in_force_until = guard.today()")
    police.refuses(proposal, "disclosure_rule_in_force")


def test_on_law_that_has_lapsed(sharing: Sharing) -> None:
    proposal = sharing.proposed()
    sharing.approved(proposal)
    sharing.alter("notice_ground", "in_force_until = guard.today()")
    sharing.refuses(proposal, "disclosure_ground_in_force")


def test_on_law_that_never_began(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter("notice_ground", "in_force_from = NULL")
    police.refuses(proposal, "disclosure_ground_in_force")


def test_under_an_agreement_that_has_expired(sharing: Sharing) -> None:
    proposal = sharing.proposed()
    sharing.approved(proposal)
    sharing.alter("sharing_agreement", "until_on = guard.today()", f"id = '{sharing.agreement.pk}'")
    sharing.refuses(proposal, "share_under_an_agreement")


def test_under_an_agreement_ended_early(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    with police.as_(police.the.gwen, "information-rights"):
        recipients.end_agreement(agreement=police.agreement, on=police.today)
    police.refuses(proposal, "share_under_an_agreement")


def test_under_another_bodys_agreement(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter("sharing_agreement", "body = 'Somebody else'", f"id = '{police.agreement.pk}'")
    police.refuses(proposal, "share_under_an_agreement")


def test_to_a_destination_nobody_verified(sharing: Sharing) -> None:
    proposal = sharing.proposed(destination=sharing.place(verified=False).pk)
    sharing.approved(proposal)
    sharing.refuses(proposal, "share_to_a_verified_destination")


def test_to_a_destination_changed_since_it_was_verified(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    with police.as_(police.the.gwen, "information-rights"):
        police.destination.refresh_from_db()
        recipients.change_destination(
            destination=police.destination, post="Duty desk", value="duty@elsewhere.example"
        )
    police.refuses(proposal, "share_to_a_verified_destination")


def test_to_a_destination_that_has_ended(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    with police.as_(police.the.gwen, "information-rights"):
        recipients.end_destination(destination=police.destination, at=police.at)
    police.refuses(proposal, "share_to_a_verified_destination")


def test_to_another_recipient_than_the_rules(police: Sharing) -> None:
    other = "courts" if police.recipient == "police" else "police"
    proposal = police.proposed(destination=police.place(recipient=other).pk)
    police.approved(proposal)
    police.refuses(proposal, "share_to_its_recipient")


def test_a_field_that_may_never_leave(sharing: Sharing) -> None:
    name = sharing.names()[0]
    proposal = sharing.proposed(items=[Picked(name.table, name.row, ("given", "provenance_id"))])
    sharing.approved(proposal)
    sharing.refuses(proposal, "share_within_its_fields")


def test_a_table_that_may_never_leave(police: Sharing) -> None:
    proposal = police.proposed(items=[police.picked("security_grant", "relationship")])
    police.approved(proposal)
    police.refuses(proposal, "share_of_what_one_sees")


def test_a_category_beyond_the_rules(police: Sharing) -> None:
    items = [*police.names(), police.picked("people_identifier", "scheme", "value")]
    proposal = police.proposed(items=items)
    police.approved(proposal)
    police.alter("notice_sharingrule", "categories = array_remove(categories, 'identifiers')")
    police.refuses(proposal, "share_within_its_categories")


def test_nothing_chosen(police: Sharing) -> None:
    proposal = police.proposed(items=[])
    police.approved(proposal)
    police.refuses(proposal, "share_names_its_items")


def test_something_of_another_childs(police: Sharing) -> None:
    toms = police.run("SELECT id FROM people_name WHERE person_id = %s LIMIT 1", [police.the.people.tom.pk])
    proposal = police.proposed(items=[Picked("people_name", toms[0][0], ("given",))])
    police.approved(proposal)
    police.refuses(proposal, "share_of_what_one_sees")


def test_a_protected_address(police: Sharing) -> None:
    refuge = police.the.people.refuge.pk
    police.alter("notice_sharingrule", "categories = categories || '{contact-details}'")
    if police.recipient in BY_CONSENT:
        police.consented()
    proposal = police.proposed(items=[Picked("people_address", refuge, ("postcode",))])
    police.approved(proposal)
    police.refuses(proposal, "share_no_protected_address")


def test_words_that_give_a_protected_address_away(police: Sharing) -> None:
    police.alter("people_name", "given = 'Mia of sy8-1zz'", f"person_id = '{police.mia.pk}'")
    proposal = police.proposed()
    police.approved(proposal)
    police.refuses(proposal, "share_no_protected_address")


def test_what_its_originator_has_not_agreed_to(police: Sharing) -> None:
    where = f"id = (SELECT provenance_id FROM people_name WHERE id = '{police.names()[0].row}')"
    police.alter("notice_provenance", "handling = 'originator'", where)
    proposal = police.proposed()
    police.approved(proposal)
    police.refuses(proposal, "share_as_its_originator_agreed")


def test_it_goes_once_its_originator_has_agreed(police: Sharing) -> None:
    name = police.names()[0]
    where = f"id = (SELECT provenance_id FROM people_name WHERE id = '{name.row}')"
    police.alter("notice_provenance", "handling = 'originator'", where)
    agreed = Picked(name.table, name.row, name.columns, "DC Pryce, by telephone", police.today)
    proposal = police.proposed(items=[agreed])
    police.approved(proposal)
    assert police.sent(proposal).entry


def test_of_a_record_closed_since_to_all_but_others(sharing: Sharing) -> None:
    proposal = sharing.proposed()
    sharing.approved(proposal)
    with sharing.as_(sharing.the.esme, "children-in-need"):
        security.restrict(
            person=sharing.mia.pk, reason="A colleague's family", names=[sharing.the.carys], review_on=sharing.today,
            by=sharing.the.esme, at=sharing.at,
        )  # fmt: skip
    sharing.refuses(proposal, "share_of_a_record_open")


def test_of_somebody_one_is_in_conflict_with(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    amara = police.the.amara
    with police.as_(amara):
        security.declare_conflict(actor=amara, person=police.mia.pk, kind="neighbour", by=amara, at=police.at)
    police.refuses(proposal, "share_of_a_record_open")


def test_before_anybody_has_approved_it(sharing: Sharing) -> None:
    sharing.refuses(sharing.proposed(), "share_approved")


def test_after_it_was_decided_not_to(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter("sharing_answer", "outcome = 'declined'", f"proposal_id = '{proposal.pk}'")
    police.refuses(proposal, "share_approved")


def test_approved_by_whoever_proposed_it(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter(
        "sharing_answer", f"answered_by_id = '{police.the.amara.pk}'", f"proposal_id = '{proposal.pk}'"
    )
    police.refuses(proposal, "share_approved_by_another")


def test_a_second_time(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.sent(proposal)
    police.refuses(proposal, "share_once")


def test_by_a_role_that_does_not_share(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.alter("council_role", "capabilities = array_remove(capabilities, 'share')")
    police.refuses(proposal, "share_by_a_role_that_shares")


def test_for_another_purpose_than_the_rules(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    other = "safeguarding" if police.purpose != "safeguarding" else "children-in-need"
    police.run("UPDATE security_grant SET purpose = %s WHERE person_id = %s", [other, police.mia.pk])
    police.alter("council_team", f"purposes = purposes || '{{{other}}}'", "code = 'east'")
    police.purpose = other
    police.refuses(proposal, "disclosure_for_its_purpose")


def test_by_nobody_named(police: Sharing) -> None:
    proposal = police.proposed()
    police.approved(proposal)
    police.run("SELECT set_config('wenlock.context', '', true)")
    with pytest.raises(Exception, match="Nobody is named"):
        police.run("SELECT door.send_v1(%s)", [proposal.pk])


@pytest.mark.parametrize("recipient", OPEN_CLASS)
def test_to_a_body_of_an_open_class_that_the_notice_does_not_name(
    recipient: str, server: Server, the: Cast
) -> None:
    with staged(server, the, recipient) as sharing:
        proposal = sharing.proposed(destination=sharing.place(body="A body nobody named").pk)
        sharing.approved(proposal)
        sharing.refuses(proposal, "share_to_a_body_named")


def test_to_a_youth_offending_team_without_its_regime(server: Server, the: Cast) -> None:
    with staged(server, the, "youth-offending-team") as sharing:
        proposal = sharing.proposed(regime="")
        sharing.approved(proposal)
        sharing.refuses(proposal, "share_says_its_regime")


def test_without_consent(by_consent: Sharing) -> None:
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    by_consent.alter("sharing_consent", "body = 'Somebody else'")
    by_consent.refuses(proposal, "share_with_consent")


def test_with_consent_that_has_run_out(by_consent: Sharing) -> None:
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    by_consent.alter("sharing_consent", "until_on = guard.today()")
    by_consent.refuses(proposal, "share_with_consent")


def test_with_consent_withdrawn_since_it_was_approved(by_consent: Sharing) -> None:
    consent = by_consent.consented()
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    with by_consent.as_(by_consent.the.amara):
        withdraw_consent(consent=consent, withdrawn_by="giver", by=by_consent.the.amara, at=by_consent.at)
    by_consent.refuses(proposal, "share_consent_not_withdrawn")


def test_with_a_parents_consent_once_the_child_is_sixteen(by_consent: Sharing) -> None:
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    by_consent.alter(
        "people_person", "born_on = guard.today() - interval '16 years'", f"id = '{by_consent.mia.pk}'"
    )
    by_consent.refuses(proposal, "share_consent_of_the_right_person")


def test_with_consent_of_a_parent_whose_responsibility_has_ended(by_consent: Sharing) -> None:
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    by_consent.alter("people_relationship", "until_on = guard.today()", "parental_responsibility")
    by_consent.refuses(proposal, "share_consent_of_the_right_person")


def test_with_consent_to_less(by_consent: Sharing) -> None:
    proposal = by_consent.proposed()
    by_consent.approved(proposal)
    by_consent.alter("sharing_consent", "categories = '{contact-details}'")
    by_consent.refuses(proposal, "share_consent_covers_it")
