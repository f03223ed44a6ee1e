"""Acts outside the notice's seven that a ground may rest on ("in most cases" is the notice's own limit)."""

from datetime import date

from wenlock.law.instruments import Instrument, duty, power

CDA1998 = Instrument(
    code="CDA1998",
    title="Crime and Disorder Act 1998 (c. 37)",
    citation="Crime and Disorder Act 1998",
    link="https://www.legislation.gov.uk/ukpga/1998/37",
    provisions=(
        duty("s.17", "Do its work with regard to preventing crime and disorder.", date(1998, 9, 30)),
        duty("s.37", "Have regard to preventing offending by children and young persons.", date(1998, 9, 30)),
        duty("s.38", "Secure that youth justice services are available.", date(2000, 4, 1), mark="U"),
        duty("s.39", "Establish a youth offending team with its partners.", date(2000, 4, 1), mark="U"),
        power(
            "s.115",
            "Disclose to a relevant authority where expedient for the Act's purposes.",
            date(1998, 9, 30),
        ),
    ),
)

LGA1999 = Instrument(
    code="LGA1999",
    title="Local Government Act 1999 (c. 27)",
    citation="Local Government Act 1999",
    link="https://www.legislation.gov.uk/ukpga/1999/27",
    provisions=(
        duty(
            "s.3", "Arrange continuous improvement in the way its functions are exercised.", date(2000, 4, 1)
        ),
    ),
)

EIA2006 = Instrument(
    code="EIA2006",
    title="Education and Inspections Act 2006 (c. 40)",
    citation="Education and Inspections Act 2006",
    link="https://www.legislation.gov.uk/ukpga/2006/40",
    provisions=(
        power("s.136", "The Chief Inspector may inspect a council's children's services.", date(2007, 4, 1)),
        power("s.140", "An inspector may enter premises.", date(2007, 4, 1), mark="U"),
        power("s.141", "An inspector may inspect and copy documents.", date(2007, 4, 1), mark="U"),
    ),
)

DEA2017 = Instrument(
    code="DEA2017",
    title="Digital Economy Act 2017 (c. 30)",
    citation="Digital Economy Act 2017",
    link="https://www.legislation.gov.uk/ukpga/2017/30",
    provisions=(
        power(
            "s.35",
            "Disclose to a specified body for a specified public service objective.",
            date(2018, 5, 1),
            mark="U",
        ),
    ),
)

PSED2010 = Instrument(
    code="EQA2010",
    title="Equality Act 2010 (c. 15)",
    citation="Equality Act 2010",
    link="https://www.legislation.gov.uk/ukpga/2010/15",
    provisions=(duty("s.149", "Have due regard to equality in exercising its functions.", date(2011, 4, 5)),),
)

INSTRUMENTS = (CDA1998, LGA1999, EIA2006, DEA2017, PSED2010)
