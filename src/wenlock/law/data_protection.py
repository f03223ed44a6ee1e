"""Data protection: the UK GDPR, the Data Protection Act 2018, the Act of 2025 that changes both, and PECR."""

from datetime import date

from wenlock.law.instruments import Instrument, condition, definition, duty, power, prohibition, right

GDPR = date(2018, 5, 25)  # as the EU regulation, then kept as the UK GDPR
DUAA = date(2026, 2, 5)  # SI 2026/82 reg 2
COMPLAINTS = date(2026, 6, 19)

UKGDPR = Instrument(
    code="UKGDPR",
    title="UK General Data Protection Regulation (Regulation (EU) 2016/679 as it forms part of UK law)",
    citation="UK GDPR",
    link="https://www.legislation.gov.uk/eur/2016/679",
    provisions=(
        duty(
            "art.5",
            "Process lawfully, for set purposes, minimally, accurately, securely, and be able to show it.",
            GDPR,
        ),
        condition("art.6(1)(a)", "The person consents.", GDPR),
        condition("art.6(1)(c)", "Processing is necessary for a legal obligation.", GDPR),
        condition("art.6(1)(d)", "Processing is necessary to protect someone's vital interests.", GDPR),
        condition("art.6(1)(e)", "Processing is necessary for a public task laid down in law.", GDPR),
        condition(
            "art.6(1)(ea)",
            "Recognised legitimate interests; doubtful for a council's own tasks.",
            DUAA,
            mark="S",
        ),
        condition("art.7", "What makes consent valid, and that it can be withdrawn.", GDPR),
        condition("art.8", "Consent to online services by a child below the age in force.", GDPR, mark="V"),
        condition("art.9(2)(a)", "The person explicitly consents.", GDPR),
        condition("art.9(2)(b)", "Employment, social security and social protection law.", GDPR),
        condition("art.9(2)(c)", "Vital interests where consent cannot be given.", GDPR),
        condition("art.9(2)(f)", "Legal claims and courts.", GDPR),
        condition("art.9(2)(g)", "Substantial public interest, on the basis of law.", GDPR),
        condition("art.9(2)(h)", "Health or social care, under a duty of secrecy.", GDPR),
        condition("art.9(2)(j)", "Archiving, research and statistics.", GDPR),
        condition("art.10", "Criminal-offence data, under authority of law.", GDPR),
        duty("art.12", "Answer plainly and within a month.", GDPR),
        duty("art.12A", "When the month begins, pauses and is extended.", DUAA, mark="S"),
        duty("art.13", "What a person is told when data comes from them.", GDPR),
        duty("art.14", "What a person is told when data comes from others.", GDPR),
        right("art.15", "A copy of one's data and its context.", GDPR),
        right("art.16", "Correction and completion.", GDPR),
        right("art.17", "Erasure, save where data is needed by law.", GDPR),
        right("art.18", "Restriction of processing.", GDPR),
        duty("art.19", "Tell recipients of correction, erasure and restriction.", GDPR),
        right("art.20", "Portability of data given under consent or contract.", GDPR),
        right("art.21", "Objection.", GDPR),
        right("art.22", "Not to be subject to solely automated decisions.", GDPR, DUAA),
        definition("art.22A", "What a decision based solely on automated processing is.", DUAA, mark="V"),
        prohibition("art.22B", "Limits where special category data is used.", DUAA, mark="V"),
        right("art.22C", "To be told, respond, have human intervention and contest.", DUAA, mark="V"),
        power("art.22D", "Regulations on automated decisions.", DUAA, mark="V"),
        duty("art.25", "Protect data by design, and children more.", GDPR),
        duty("art.28", "What a processor's contract must hold.", GDPR),
        duty("art.30", "Keep records of processing.", GDPR),
        duty("art.32", "Keep data secure, and test that it is.", GDPR),
        duty("art.33", "Tell the regulator of a breach within 72 hours.", GDPR),
        duty("art.34", "Tell people of a high-risk breach.", GDPR),
        duty("art.35", "Assess the impact before high-risk processing.", GDPR),
        condition("art.84B", "Safeguards for research, archiving and statistics.", DUAA),
        condition("art.89", "Safeguards for research, archiving and statistics.", GDPR, DUAA),
    ),
)

DPA2018 = Instrument(
    code="DPA2018",
    title="Data Protection Act 2018 (c. 12)",
    citation="Data Protection Act 2018",
    link="https://www.legislation.gov.uk/ukpga/2018/12",
    provisions=(
        definition("s.8", "What a public task is.", GDPR, mark="S"),
        definition("s.9", "A child may consent online from 13.", GDPR),
        condition("s.10", "Special categories need a condition in Schedule 1.", GDPR),
        condition("s.11", "Secrecy in health and social care; what criminal data is.", GDPR),
        right("s.45", "Access to law-enforcement data, with its own limits.", GDPR),
        definition("s.54", "How the month is counted.", GDPR, mark="V"),
        duty(
            "s.164A",
            "Make complaining easy, acknowledge within 30 days, enquire and tell the outcome.",
            COMPLAINTS,
            mark="V",
        ),
        prohibition("s.170", "Obtain or disclose nothing without the controller's consent.", GDPR),
        prohibition("s.171", "Re-identify nothing de-identified.", GDPR),
        prohibition("s.173", "Alter or destroy nothing to avoid a request.", GDPR),
        condition("Sch.1 para.1", "Employment, social security and social protection.", GDPR),
        condition("Sch.1 para.2", "Health or social care purposes.", GDPR),
        condition("Sch.1 para.4", "Research, archiving and statistics in the public interest.", GDPR),
        condition("Sch.1 para.6", "Statutory and government purposes.", GDPR),
        condition("Sch.1 para.8", "Equality of opportunity or treatment.", GDPR),
        condition("Sch.1 para.10", "Preventing or detecting unlawful acts.", GDPR),
        condition("Sch.1 para.18", "Safeguarding of children and of individuals at risk.", GDPR, mark="S"),
        condition("Sch.1 para.33", "Legal claims, for criminal-offence data.", GDPR),
        condition("Sch.1 para.36", "The conditions of Part 2, extended to criminal-offence data.", GDPR),
        duty("Sch.1 para.38", "When an appropriate policy document is needed.", GDPR),
        duty("Sch.1 para.39", "What it says of the principles and of keeping.", GDPR, mark="V"),
        duty("Sch.1 para.40", "Keep, review and produce it.", GDPR),
        duty("Sch.1 para.41", "Record the condition in the record of processing.", GDPR),
        condition("Sch.2 para.2", "Crime and taxation.", GDPR, mark="S"),
        condition("Sch.2 para.5", "Disclosure required by law, or for legal proceedings.", GDPR, mark="S"),
        condition("Sch.2 para.16", "Other people's data.", GDPR, mark="V"),
        condition("Sch.2 para.17", "Reasonable to disclose professionals.", GDPR),
        condition("Sch.3 Pt.2", "Health data and serious harm.", GDPR, mark="V"),
        condition("Sch.3 Pt.3", "Social work data and serious harm.", GDPR, mark="V"),
        condition("Sch.3 Pt.4", "Education data and serious harm.", GDPR),
        condition("Sch.3 para.21", "Child abuse data.", GDPR, mark="S"),
        condition("Sch.4", "Adoption and other records that a subject access request does not reach.", GDPR),
    ),
)

DUAA2025 = Instrument(
    code="DUAA2025",
    title="Data (Use and Access) Act 2025 (c. 18)",
    citation="Data (Use and Access) Act 2025",
    link="https://www.legislation.gov.uk/ukpga/2025/18",
    provisions=(
        definition("s.67", "What research is.", DUAA, mark="V"),
        condition("s.71", "When a further purpose is compatible.", DUAA, mark="V"),
        definition("s.80", "Automated decisions.", DUAA, mark="V"),
        duty("s.81", "Children's higher protection in design.", DUAA, mark="V"),
        condition("s.86", "Safeguards for research.", DUAA, mark="V"),
        duty("s.103", "Complaints to controllers.", COMPLAINTS, mark="V"),
        condition("s.112", "Storing information in people's devices.", DUAA, mark="V"),
    ),
)

PECR2003 = Instrument(
    code="PECR2003",
    title="Privacy and Electronic Communications (EC Directive) Regulations 2003 (SI 2003/2426)",
    citation="Privacy and Electronic Communications Regulations 2003",
    link="https://www.legislation.gov.uk/uksi/2003/2426",
    provisions=(
        prohibition(
            "reg.6",
            "Store nothing in a person's device without consent, save the exempt uses.",
            date(2003, 12, 11),
        ),
        condition("Sch.A1", "The uses that need no consent.", DUAA, mark="S"),
    ),
)

INSTRUMENTS = (UKGDPR, DPA2018, DUAA2025, PECR2003)
