"""The Children Act 2004 (N41), the Childcare Act 2006 (N42) and the Act of 2026 that amends the first."""

from datetime import date

from wenlock.law.instruments import Instrument, definition, duty, power

PARTNERS = date(2018, 6, 29)  # safeguarding partners, by the Children and Social Work Act 2017
EARLY_YEARS = date(2008, 4, 1)
ROYAL_ASSENT_2026 = date(2026, 4, 29)

CA2004 = Instrument(
    code="CA2004",
    title="Children Act 2004 (c. 31)",
    citation="Children Act 2004",
    link="https://www.legislation.gov.uk/ukpga/2004/31",
    provisions=(
        duty("s.10", "Make arrangements to co-operate to improve children's well-being.", date(2005, 4, 1)),
        duty(
            "s.11",
            "Do its work having regard to safeguarding and promoting children's welfare.",
            date(2005, 10, 1),
        ),
        duty(
            "s.13",
            "Establish a local safeguarding children board (replaced by safeguarding partners).",
            date(2006, 4, 1),
            date(2019, 9, 30),
            "U",
        ),
        duty("s.16C", "Notify the Child Safeguarding Practice Review Panel of serious incidents.", PARTNERS),
        power("s.16D", "The Panel may require information.", PARTNERS),
        duty("s.16E", "Safeguarding partners make local arrangements to work together.", PARTNERS),
        duty("s.16F", "Local child safeguarding practice reviews.", PARTNERS),
        duty("s.16G", "Publish the local arrangements and act in accordance with them.", PARTNERS),
        power(
            "s.16H",
            "A safeguarding partner may ask a person or body for information, who must comply.",
            PARTNERS,
        ),
        duty("s.16K", "Have regard to guidance on local arrangements.", PARTNERS),
        duty(
            "s.16LA",
            "Share relevant information for a child's safeguarding or welfare unless that would harm more.",
            None,
            mark="V",
        ),
        duty("s.16LB", "Use the consistent identifier for children when regulations say.", None, mark="V"),
        definition("s.16LC", "What the words of the sharing duty mean.", None, mark="V"),
        duty("s.16M", "Child death review partners arrange the review of each child's death.", PARTNERS),
        power("s.16N", "Child death review partners may ask for information.", PARTNERS),
        duty("s.18", "Appoint a director of children's services.", date(2005, 4, 1)),
        power(
            "s.20",
            "Inspectorates may jointly review children's services in an area.",
            date(2005, 4, 1),
            mark="U",
        ),
    ),
)

CHILDCARE2006 = Instrument(
    code="CCA2006",
    title="Childcare Act 2006 (c. 21)",
    citation="Childcare Act 2006",
    link="https://www.legislation.gov.uk/ukpga/2006/21",
    provisions=(
        duty(
            "s.1",
            "Improve the well-being of young children and reduce inequalities between them.",
            EARLY_YEARS,
        ),
        duty("s.3", "Arrange early childhood services in an integrated manner.", EARLY_YEARS),
        duty("s.4", "Work with partners on early childhood services.", EARLY_YEARS),
        duty("s.5A", "Arrange enough children's centres to meet local need.", date(2010, 1, 12)),
        duty("s.6", "Secure enough childcare for working parents.", EARLY_YEARS),
        duty("s.7", "Secure free early years provision.", date(2008, 9, 1), mark="U"),
        duty("s.12", "Give parents and prospective parents information, advice and assistance.", EARLY_YEARS),
        power(
            "s.99",
            "Early years information about individual children may be required.",
            EARLY_YEARS,
            mark="U",
        ),
    ),
)

CWSA2026 = Instrument(
    code="CWSA2026",
    title="Children's Wellbeing and Schools Act 2026 (c. 21)",
    citation="Children's Wellbeing and Schools Act 2026",
    link="https://www.legislation.gov.uk/ukpga/2026/21",
    provisions=(
        duty(
            "s.1",
            "Offer family group decision-making before applying for a care or supervision order.",
            None,
            mark="V",
        ),
        duty("s.3", "Establish multi-agency child protection teams.", None, mark="V"),
        duty(
            "s.4",
            "The duty to share, and the consistent identifier (works in the Children Act 2004).",
            None,
            mark="V",
        ),
        power(
            "s.72",
            "Ministers may move the age of online consent between 13 and 16.",
            ROYAL_ASSENT_2026,
            mark="V",
        ),
        definition("s.78", "When the parts of the Act come into force.", ROYAL_ASSENT_2026, mark="V"),
    ),
)

INSTRUMENTS = (CA2004, CHILDCARE2006, CWSA2026)
