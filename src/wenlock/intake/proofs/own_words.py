"""N26: a child's own words, which come under a contract and are kept letter for letter."""

from uuid import UUID, uuid4

from django.apps import apps

from wenlock.intake.models import Answer, OwnWords
from wenlock.intake.proofs.attempts import agency, at_the_door, contact, functions, seeing_all
from wenlock.intake.proofs.sources import tagged
from wenlock.notice.proof.registry import Census, Probe
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.proofs.coming_in import source

RECEIVING = "safeguarding"


def passed_on(stage: Stage, *, agreed: bool) -> UUID:
    """A child's own words by an application, under an agreement in force or one that ended today."""
    officer = stage.worker("data-protection-officer", purposes=("information-rights",))
    way_in = stage.worker("way-in", purposes=(RECEIVING,), kind="service")
    provider = agency(stage, at_the_door(stage), "mind-of-my-own")
    today = stage.one("SELECT guard.today()")
    agreement = uuid4()
    stage.act(actor=officer, purpose="information-rights")
    stage.insert(
        "agencies_agreement",
        {"id": agreement, "agency_id": provider, "reference": "Attempt", "role": "processor", "from_on": "2020-01-01", "until_on": None if agreed else today, "recorded_by_id": officer, "recorded_at": stage.now()},
    )  # fmt: skip
    stage.act(actor=way_in, purpose=RECEIVING)
    came = {"source": "mind-of-my-own", "channel": "other-electronic", "purpose": RECEIVING}
    provenance = stage.provenance(actor=way_in, **came)
    taken = contact(stage, way_in, provenance_id=provenance, teller="child", words="")
    key = uuid4()
    stage.insert(
        "intake_ownwords",
        {"id": key, "contact_id": taken, "words": "Attempt", "written_at": stage.now(), "source": "mind-of-my-own", "form": "", "partner_key": str(key), "agreement_id": agreement, "provenance_id": provenance, "recorded_by_id": way_in, "recorded_at": stage.now()},
    )  # fmt: skip
    return key


def after_the_contract(stage: Stage) -> None:
    passed_on(stage, agreed=False)


def change_a_childs_words(stage: Stage) -> None:
    passed_on(stage, agreed=True)
    seeing_all(stage, "intake_ownwords")
    stage.run("UPDATE intake_ownwords SET words = 'Corrected'")


WITHOUT_AGREEMENT = Census(
    "a child's own words received on a day no agreement was in force",
    "SELECT count(*) FROM intake_ownwords",
    "SELECT count(*) FROM intake_ownwords w JOIN agencies_agreement g ON g.id = w.agreement_id WHERE "
    "(w.recorded_at AT TIME ZONE 'Europe/London')::date < g.from_on "
    "OR (w.recorded_at AT TIME ZONE 'Europe/London')::date >= g.until_on",
)
OWN_WORDS = (
    source(
        "N26", "mind-of-my-own",
        "The child's words are kept and come under a contract; the partner's own count comes with its link.",
        structure=(
            *of_model(OwnWords), *of_model(Answer), *of_model(apps.get_model("agencies.Agreement")),
            *functions("own_words_received_v1", "own_words_kept_v1", "own_words_follow_v1", "agreement_only_ends_v1"),
        ),
        census=(tagged("mind-of-my-own"), WITHOUT_AGREEMENT),
        probes=(
            Probe("take a child's words after the contract has ended", after_the_contract,
                  ("intake_ownwords_under_an_agreement",)),
            Probe("correct a child's own words, as the owner of the tables", change_a_childs_words,
                  ("intake_ownwords_never_changed",)),
        ),
    ),
)  # fmt: skip
