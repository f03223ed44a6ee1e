"""The Children Act 1989 (N38), with the sections later Acts put into it.

Dates of commencement are for England. A section put in by a later Act is dated from when that Act brought
it in.
"""

from datetime import date

from wenlock.law.instruments import Instrument, definition, duty, power, prohibition

COMMENCED = date(1991, 10, 14)
LEAVING_CARE = date(2001, 10, 1)  # the sections put in by the Children (Leaving Care) Act 2000
GUARDIANSHIP = date(2005, 12, 30)  # by the Adoption and Children Act 2002
CARE_REFORM = date(2011, 4, 1)  # by the Children and Young Persons Act 2008
STAYING_PUT = date(2014, 5, 13)  # by the Children and Families Act 2014
CARERS = date(2015, 4, 1)  # by the same Act
PERSONAL_ADVICE = date(2018, 4, 1)  # by the Children and Social Work Act 2017

CA1989 = Instrument(
    code="CA1989",
    title="Children Act 1989 (c. 41)",
    citation="Children Act 1989",
    link="https://www.legislation.gov.uk/ukpga/1989/41",
    provisions=(
        definition("s.1", "The child's welfare is the court's paramount consideration.", COMMENCED),
        definition("s.3", "What parental responsibility means.", COMMENCED),
        duty("s.7", "Report to the court on a child's welfare when it asks.", COMMENCED),
        power(
            "s.8",
            "The court may make child arrangements and other orders with respect to children.",
            COMMENCED,
        ),
        power(
            "s.14A",
            "The court may appoint special guardians, on a report the council must prepare.",
            GUARDIANSHIP,
        ),
        duty("s.14F", "Make arrangements for special guardianship support services.", GUARDIANSHIP),
        duty(
            "s.17", "Safeguard and promote the welfare of children in need by a range of services.", COMMENCED
        ),
        duty("s.17ZA", "Assess whether a young carer has needs for support.", CARERS, mark="V"),
        duty("s.17ZD", "Assess whether a parent carer of a disabled child has needs for support.", CARERS),
        duty(
            "s.17ZG",
            "Continue services for a disabled child past 18 until adult care has been decided.",
            CARERS,
        ),
        power("s.17A", "Make direct payments in place of services.", COMMENCED, mark="U"),
        power("s.18", "Provide day care for children in need under five.", COMMENCED),
        duty("s.20", "Accommodate a child in need who has no one able to give suitable care.", COMMENCED),
        duty(
            "s.22",
            "Safeguard and promote the welfare of a looked-after child, and hear their wishes.",
            COMMENCED,
        ),
        duty("s.22A", "Provide accommodation for a child in care.", CARE_REFORM),
        duty("s.22B", "Maintain a looked-after child in other respects.", CARE_REFORM),
        duty("s.22C", "Choose the placement that most suits the looked-after child.", CARE_REFORM),
        duty("s.22D", "Review the case before the accommodation is changed.", CARE_REFORM),
        duty("s.22G", "Secure enough accommodation in the area for looked-after children.", CARE_REFORM),
        duty(
            "s.23",
            "Accommodate and maintain a looked-after child (replaced by ss. 22A to 22F).",
            COMMENCED,
            CARE_REFORM,
        ),
        duty("s.23ZA", "Visit a looked-after child and arrange advice and support.", CARE_REFORM),
        duty("s.23ZB", "Appoint an independent visitor where it is in the child's interests.", CARE_REFORM),
        definition("s.23A", "Who is a relevant child, formerly looked after.", LEAVING_CARE),
        duty("s.23B", "Keep in touch with, advise and support a relevant child.", LEAVING_CARE),
        duty("s.23C", "Keep in touch with, advise and assist a former relevant child.", LEAVING_CARE),
        duty("s.23CZA", "Support a staying put arrangement with a former foster parent.", STAYING_PUT),
        duty(
            "s.23CZB", "Give a former relevant child advice and support to 25 when they ask.", PERSONAL_ADVICE
        ),
        duty("s.23CA", "Help a former relevant child with further education or training.", CARE_REFORM),
        duty("s.23D", "Arrange personal advisers for care leavers.", LEAVING_CARE),
        definition("s.23E", "What a pathway plan sets out.", LEAVING_CARE),
        definition("s.24", "Who qualifies for advice and assistance.", LEAVING_CARE),
        duty("s.24A", "Advise and befriend, and if need be assist, a person who qualifies.", LEAVING_CARE),
        power("s.24B", "Help with the costs of employment, education or training.", LEAVING_CARE),
        duty("s.24C", "Tell the council of the area when a young person it helps moves there.", LEAVING_CARE),
        duty("s.24D", "Have a procedure for representations by care leavers.", LEAVING_CARE),
        prohibition(
            "s.25", "Keep no looked-after child in secure accommodation unless the tests are met.", COMMENCED
        ),
        duty("s.25A", "Appoint an independent reviewing officer for each looked-after child.", CARE_REFORM),
        duty("s.25B", "The independent reviewing officer monitors the council's performance.", CARE_REFORM),
        duty("s.26", "Review each looked-after child's case, and hear representations.", COMMENCED),
        power("s.27", "Ask another authority for help, which must be given unless incompatible.", COMMENCED),
        power("s.31", "Apply for a care or supervision order where the threshold is met.", COMMENCED),
        duty("s.31A", "Prepare a care plan where a care order might be made.", GUARDIANSHIP),
        definition("s.32", "Care proceedings are timetabled to end without delay.", COMMENCED),
        duty(
            "s.33", "Receive a child into care under a care order, with parental responsibility.", COMMENCED
        ),
        duty("s.34", "Allow a child in care reasonable contact with parents and others.", COMMENCED),
        duty("s.35", "Advise, assist and befriend a supervised child.", COMMENCED),
        power("s.36", "Apply for an education supervision order.", COMMENCED),
        duty("s.37", "Investigate a child's circumstances when the court directs.", COMMENCED),
        power("s.38", "The court may make interim care and supervision orders.", COMMENCED),
        power("s.43", "Apply for a child assessment order.", COMMENCED),
        power("s.44", "Apply for an emergency protection order.", COMMENCED),
        definition("s.45", "How long an emergency protection order lasts.", COMMENCED),
        power(
            "s.46", "The police may remove a child for up to 72 hours, and must tell the council.", COMMENCED
        ),
        duty("s.47", "Enquire where there is reasonable cause to suspect significant harm.", COMMENCED),
        duty("s.66", "What private fostering is, and that it is notified.", COMMENCED),
        duty("s.67", "Satisfy itself that privately fostered children's welfare is safeguarded.", COMMENCED),
        duty(
            "s.83",
            "Send the Secretary of State the particulars required of its work and of children.",
            COMMENCED,
        ),
        duty(
            "s.85", "Look into the welfare of children accommodated by health bodies or schools.", COMMENCED
        ),
        definition("s.105", "What words mean in the Act.", COMMENCED),
        duty(
            "Sch.2 para.1", "Take reasonable steps to identify the children in need in the area.", COMMENCED
        ),
        duty("Sch.2 para.2", "Keep a register of disabled children in the area.", COMMENCED),
        power("Sch.2 para.3", "Assess a child in need at the same time as under other Acts.", COMMENCED),
        duty("Sch.2 para.4", "Take reasonable steps to prevent ill-treatment and neglect.", COMMENCED),
        duty(
            "Sch.2 para.6",
            "Provide services that lessen the effect of disabled children's disabilities.",
            COMMENCED,
        ),
        duty("Sch.2 para.15", "Promote contact between a looked-after child and family.", COMMENCED),
        duty(
            "Sch.2 para.19A",
            "Advise and assist a looked-after child with leaving care in view.",
            LEAVING_CARE,
        ),
        duty("Sch.2 para.19B", "Assess an eligible child and prepare a pathway plan.", LEAVING_CARE),
    ),
)
