"""Regulations under the 1989 and 2014 Acts that the services and the terms of keeping cite."""

from datetime import date

from wenlock.law.instruments import Instrument, duty, power, right

CARE_REFORM = date(2011, 4, 1)
UKSI = "https://www.legislation.gov.uk/uksi"

CARE_PLANNING_2010 = Instrument(
    code="CPPCR2010",
    title="Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959)",
    citation="Care Planning, Placement and Case Review (England) Regulations 2010",
    link=f"{UKSI}/2010/959",
    provisions=(
        duty(
            "reg.4",
            "Assess, and make a care plan before placement or within ten working days.",
            CARE_REFORM,
            mark="V",
        ),
        duty("reg.5", "What the care plan holds.", CARE_REFORM, mark="V"),
        duty("reg.7", "Arrange assessments of the child's health and a health plan.", CARE_REFORM, mark="S"),
        duty("reg.9", "Make a placement plan.", CARE_REFORM),
        duty("reg.11", "Decisions to place outside the area.", CARE_REFORM),
        duty("reg.13", "Notify people of placements.", CARE_REFORM),
        duty("reg.28", "Visit the child at set intervals.", CARE_REFORM),
        duty("reg.33", "Review the case at set intervals.", CARE_REFORM, mark="S"),
        duty("reg.49", "Keep a case record for each looked-after child.", CARE_REFORM),
        duty(
            "reg.50",
            "Keep the record to the 75th birthday, or 15 years from a death before 18.",
            CARE_REFORM,
            mark="S",
        ),
    ),
)

CARE_LEAVERS_2010 = Instrument(
    code="CLR2010",
    title="Care Leavers (England) Regulations 2010 (SI 2010/2571)",
    citation="Care Leavers (England) Regulations 2010",
    link=f"{UKSI}/2010/2571",
    provisions=(
        duty("reg.5", "Assess needs.", CARE_REFORM),
        duty("reg.6", "Prepare the pathway plan.", CARE_REFORM),
        duty("reg.7", "Review the pathway plan.", CARE_REFORM),
        duty("reg.8", "What personal advisers do.", CARE_REFORM),
    ),
)

PRIVATE_FOSTERING_2005 = Instrument(
    code="PFR2005",
    title="Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533)",
    citation="Children (Private Arrangements for Fostering) Regulations 2005",
    link=f"{UKSI}/2005/1533",
    provisions=(
        duty("reg.3", "Notify a proposal to foster privately.", date(2005, 7, 1)),
        duty("reg.4", "Visit and decide on a proposal.", date(2005, 7, 1)),
        duty("reg.8", "Visit a privately fostered child.", date(2005, 7, 1)),
    ),
)

FOSTERING_2011 = Instrument(
    code="FSR2011",
    title="Fostering Services (England) Regulations 2011 (SI 2011/581)",
    citation="Fostering Services (England) Regulations 2011",
    link=f"{UKSI}/2011/581",
    provisions=(
        duty("reg.26", "Assess prospective foster parents.", CARE_REFORM),
        duty("reg.27", "Decide on approval.", CARE_REFORM),
        duty("reg.28", "Review approval and end it.", CARE_REFORM),
        duty("reg.30", "Keep case records on foster parents.", CARE_REFORM),
        duty(
            "reg.32",
            "Keep those records ten years from the end of approval, three where not approved.",
            CARE_REFORM,
            mark="S",
        ),
    ),
)

CHILDRENS_HOMES_2015 = Instrument(
    code="CHR2015",
    title="Children's Homes (England) Regulations 2015 (SI 2015/541)",
    citation="Children's Homes (England) Regulations 2015",
    link=f"{UKSI}/2015/541",
    provisions=(duty("reg.36", "Keep a case record for each child in the home.", date(2015, 4, 1)),),
)

REPRESENTATIONS_2006 = Instrument(
    code="REP2006",
    title="Children Act 1989 Representations Procedure (England) Regulations 2006 (SI 2006/1738)",
    citation="Children Act 1989 Representations Procedure (England) Regulations 2006",
    link=f"{UKSI}/2006/1738",
    provisions=(
        duty("reg.14", "Local resolution of representations.", date(2006, 9, 1)),
        duty("reg.17", "Investigate and consider.", date(2006, 9, 1)),
        right("reg.18", "Ask for a review panel.", date(2006, 9, 1)),
    ),
)

SEND_2014 = Instrument(
    code="SENDR2014",
    title="Special Educational Needs and Disability Regulations 2014 (SI 2014/1530)",
    citation="Special Educational Needs and Disability Regulations 2014",
    link=f"{UKSI}/2014/1530",
    provisions=(
        duty("reg.4", "Decide whether to assess.", date(2014, 9, 1)),
        duty("reg.6", "Seek information and advice for the assessment.", date(2014, 9, 1)),
        duty("reg.10", "Decide not to make a plan.", date(2014, 9, 1)),
        duty("reg.13", "Prepare and finalise the plan in time.", date(2014, 9, 1)),
        duty("reg.17", "Keep plans confidential, with listed disclosures.", date(2014, 9, 1)),
        power("reg.47", "Disclose plans to young people's higher education.", date(2014, 9, 1), mark="U"),
    ),
)

INSTRUMENTS = (
    CARE_PLANNING_2010,
    CARE_LEAVERS_2010,
    PRIVATE_FOSTERING_2005,
    FOSTERING_2011,
    CHILDRENS_HOMES_2015,
    REPRESENTATIONS_2006,
    SEND_2014,
)
