"""Statutory guidance, edition by edition: what councils follow unless there is good reason not to."""

from datetime import date

from wenlock.law.instruments import Instrument, duty

EDITION_2018 = date(2018, 7, 4)
EDITION_2023 = date(2023, 12, 15)
WORKING_TOGETHER = "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2"

WT2018 = Instrument(
    code="WT2018",
    title="Working Together to Safeguard Children 2018 (statutory guidance)",
    citation="Working Together 2018",
    link=WORKING_TOGETHER,
    provisions=(
        duty(
            "ch.1",
            "Decide on a referral, assess, enquire, confer and review in the times it sets.",
            EDITION_2018,
            EDITION_2023,
        ),
    ),
)

# An edition of 2026 is named in a secondary source. Its date and terms have not been found: when they are, it is an
# instrument of its own here and a further version of each rule that cites this one.
WT2023 = Instrument(
    code="WT2023",
    title="Working Together to Safeguard Children 2023 (statutory guidance)",
    citation="Working Together 2023",
    link=WORKING_TOGETHER,
    provisions=(
        duty(
            "ch.3",
            "Decide on a referral, assess, enquire, confer and review in the times it sets.",
            EDITION_2023,
            mark="S",
        ),
    ),
)

INSTRUMENTS = (WT2018, WT2023)
