"""The Children and Families Act 2014 (N43) and the Children and Social Work Act 2017 (N44)."""

from datetime import date

from wenlock.law.instruments import Instrument, definition, duty, right

SEND = date(2014, 9, 1)
CORPORATE_PARENTING = date(2018, 4, 1)
PARTNERS = date(2018, 6, 29)

CFA2014 = Instrument(
    code="CFA2014",
    title="Children and Families Act 2014 (c. 6)",
    citation="Children and Families Act 2014",
    link="https://www.legislation.gov.uk/ukpga/2014/6",
    provisions=(
        definition("s.14", "Care proceedings are to be disposed of within 26 weeks.", date(2014, 4, 22)),
        duty("s.19", "Have regard to the views and outcomes of the child, parent or young person.", SEND),
        definition("s.20", "When a child or young person has special educational needs.", SEND),
        definition("s.21", "What special educational, health care and social care provision mean.", SEND),
        duty(
            "s.22",
            "Seek to identify children who have or may have special educational needs or a disability.",
            SEND,
        ),
        duty("s.23", "Health bodies tell the council of young children who may have special needs.", SEND),
        definition("s.24", "When a council is responsible for a child or young person.", SEND),
        duty("s.25", "Promote integration of educational, health care and social care provision.", SEND),
        duty("s.26", "Make joint commissioning arrangements.", SEND),
        duty("s.27", "Keep education and care provision under review.", SEND),
        duty("s.28", "The council and its local partners co-operate.", SEND),
        duty("s.30", "Publish a local offer.", SEND),
        duty("s.31", "Named bodies co-operate in a particular case when asked.", SEND),
        duty("s.32", "Arrange advice and information for parents and young people.", SEND),
        duty(
            "s.36", "Decide requests for, and secure, an education, health and care needs assessment.", SEND
        ),
        duty("s.37", "Prepare and maintain an education, health and care plan where one is necessary.", SEND),
        duty("s.42", "Secure the provision that the plan names.", SEND),
        duty("s.44", "Review and re-assess the plan.", SEND),
        duty("s.45", "Cease to maintain a plan only where the tests are met.", SEND),
        right("s.51", "Appeal to the Tribunal.", SEND),
        duty(
            "s.96",
            "Young carers' needs assessments (works in ss. 17ZA to 17ZC of the 1989 Act).",
            date(2015, 4, 1),
        ),
        duty(
            "s.97",
            "Parent carers' needs assessments (works in ss. 17ZD to 17ZF of the 1989 Act).",
            date(2015, 4, 1),
        ),
        duty("s.98", "Staying put arrangements (works in s. 23CZA of the 1989 Act).", date(2014, 5, 13)),
        duty(
            "s.99",
            "Appoint an officer for looked-after children's educational achievement.",
            date(2014, 5, 13),
        ),
    ),
)

CSWA2017 = Instrument(
    code="CSWA2017",
    title="Children and Social Work Act 2017 (c. 16)",
    citation="Children and Social Work Act 2017",
    link="https://www.legislation.gov.uk/ukpga/2017/16",
    provisions=(
        duty("s.1", "Have regard to the seven corporate parenting principles.", CORPORATE_PARENTING),
        duty("s.2", "Publish a local offer for care leavers.", CORPORATE_PARENTING),
        duty("s.3", "Personal advice to 25 (works in s. 23CZB of the 1989 Act).", CORPORATE_PARENTING),
        duty(
            "s.4",
            "Advise and inform to promote the education of previously looked-after children.",
            date(2018, 9, 1),
        ),
        definition("s.8", "What a care plan tells the court about lasting placement.", date(2017, 10, 31)),
        duty(
            "s.12",
            "The Child Safeguarding Practice Review Panel (works in s. 16A of the 2004 Act).",
            PARTNERS,
        ),
        duty("s.14", "Events to be notified to the Panel (works in s. 16C of the 2004 Act).", PARTNERS),
        duty("s.16", "Local arrangements for safeguarding (works in s. 16E of the 2004 Act).", PARTNERS),
    ),
)

INSTRUMENTS = (CFA2014, CSWA2017)
