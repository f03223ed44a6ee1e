"""The Children (Leaving Care) Act 2000 (N39) and the Adoption and Children Act 2002 with its regulations
(N40)."""

from datetime import date

from wenlock.law.instruments import Instrument, definition, duty, power, prohibition, right

LEAVING_CARE = date(2001, 10, 1)
ADOPTION = date(2005, 12, 30)

CLCA2000 = Instrument(
    code="CLCA2000",
    title="Children (Leaving Care) Act 2000 (c. 35)",
    citation="Children (Leaving Care) Act 2000",
    link="https://www.legislation.gov.uk/ukpga/2000/35",
    provisions=(
        duty(
            "s.1",
            "Prepare eligible children for leaving care (works in Schedule 2 to the 1989 Act).",
            LEAVING_CARE,
        ),
        duty(
            "s.2",
            "Support relevant and former relevant children (works in ss. 23A to 23C of the 1989 Act).",
            LEAVING_CARE,
        ),
        duty(
            "s.3",
            "Provide personal advisers and pathway plans (works in ss. 23D and 23E of the 1989 Act).",
            LEAVING_CARE,
        ),
        duty(
            "s.4",
            "Advise and assist those who qualify (works in ss. 24 to 24C of the 1989 Act).",
            LEAVING_CARE,
        ),
        duty(
            "s.5", "Hear representations from care leavers (works in s. 24D of the 1989 Act).", LEAVING_CARE
        ),
        prohibition("s.6", "Some care leavers may not claim some benefits.", LEAVING_CARE),
    ),
)

ACA2002 = Instrument(
    code="ACA2002",
    title="Adoption and Children Act 2002 (c. 38)",
    citation="Adoption and Children Act 2002",
    link="https://www.legislation.gov.uk/ukpga/2002/38",
    provisions=(
        definition(
            "s.1", "The child's welfare through life is paramount in decisions about adoption.", ADOPTION
        ),
        duty("s.3", "Maintain an adoption service in the area.", ADOPTION),
        duty("s.4", "Assess needs for adoption support services when asked.", ADOPTION),
        power("s.18", "Place a child for adoption only with consent or under a placement order.", ADOPTION),
        power("s.19", "Place a child with parental consent.", ADOPTION),
        power("s.21", "The court may make a placement order.", ADOPTION),
        duty("s.22", "Apply for a placement order where the conditions are met.", ADOPTION),
        power("s.26", "The court may order contact while a child may be placed.", ADOPTION),
        power("s.46", "The court may make an adoption order.", ADOPTION),
        duty("s.54", "Disclose information during the adoption process as regulations require.", ADOPTION),
        duty("s.56", "Keep the information about a person's adoption that is prescribed.", ADOPTION),
        prohibition("s.57", "Disclose protected adoption information only as the Act allows.", ADOPTION),
        power("s.58", "Disclose other adoption information for prescribed purposes.", ADOPTION),
        right("s.60", "An adopted adult may receive prescribed information.", ADOPTION),
        duty("s.61", "Decide applications for protected information about adults.", ADOPTION),
        duty("s.62", "Decide applications for protected information about children.", ADOPTION),
        duty("s.63", "Tell people about counselling before information is given.", ADOPTION),
        duty(
            "s.98",
            "Regulations on information about adoptions made before 30 December 2005.",
            ADOPTION,
            mark="U",
        ),
        definition("s.120", "Harm includes seeing or hearing another's ill-treatment.", date(2005, 1, 31)),
    ),
)

ADOPTION_AGENCIES_2005 = Instrument(
    code="AAR2005",
    title="Adoption Agencies Regulations 2005 (SI 2005/389)",
    citation="Adoption Agencies Regulations 2005",
    link="https://www.legislation.gov.uk/uksi/2005/389",
    provisions=(
        duty("reg.12", "Set up a child's case record.", ADOPTION),
        duty("reg.17", "Prepare the child's permanence report.", ADOPTION),
        duty("reg.19", "Decide whether a child should be placed for adoption.", ADOPTION),
        duty("reg.39", "Store case records securely.", ADOPTION),
        duty("reg.40", "Preserve case records as long as the agency thinks right.", ADOPTION, mark="S"),
        prohibition("reg.41", "Case records are confidential.", ADOPTION),
        power("reg.42", "Give access to and disclose case records in listed cases.", ADOPTION),
    ),
)

ADOPTION_SUPPORT_2005 = Instrument(
    code="ASSR2005",
    title="Adoption Support Services Regulations 2005 (SI 2005/691)",
    citation="Adoption Support Services Regulations 2005",
    link="https://www.legislation.gov.uk/uksi/2005/691",
    provisions=(
        definition("reg.3", "Which services are adoption support services.", ADOPTION),
        duty("reg.14", "Assess for adoption support by the set procedure.", ADOPTION),
        duty("reg.16", "Plan the adoption support to be provided.", ADOPTION),
    ),
)

ADOPTION_INFORMATION_2005 = Instrument(
    code="DAIR2005",
    title="Disclosure of Adoption Information (Post-Commencement Adoptions) Regulations 2005 (SI 2005/888)",
    citation="Disclosure of Adoption Information (Post-Commencement Adoptions) Regulations 2005",
    link="https://www.legislation.gov.uk/uksi/2005/888",
    provisions=(
        duty("reg.4", "What information is kept about a person's adoption.", ADOPTION),
        duty("reg.5", "Store the information securely.", ADOPTION),
        duty(
            "reg.6",
            "Keep the information for at least 100 years from the adoption order.",
            ADOPTION,
            mark="S",
        ),
        duty("reg.12", "Record the views of the person the information is about.", ADOPTION, mark="V"),
        right("reg.15", "A determination may go to independent review.", ADOPTION, mark="V"),
    ),
)

ADOPTION_INTERMEDIARY_2005 = Instrument(
    code="AIISR2005",
    title=(
        "Adoption Information and Intermediary Services (Pre-Commencement Adoptions) Regulations 2005 "
        "(SI 2005/890)"
    ),
    citation="Adoption Information and Intermediary Services (Pre-Commencement Adoptions) Regulations 2005",
    link="https://www.legislation.gov.uk/uksi/2005/890",
    provisions=(
        duty(
            "reg.7",
            "Disclose nothing that identifies a person without that person's consent.",
            ADOPTION,
            mark="U",
        ),
    ),
)

INSTRUMENTS = (
    CLCA2000,
    ACA2002,
    ADOPTION_AGENCIES_2005,
    ADOPTION_SUPPORT_2005,
    ADOPTION_INFORMATION_2005,
    ADOPTION_INTERMEDIARY_2005,
)
