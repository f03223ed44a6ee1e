"""What a notice has to tell people: Articles 13 and 14 of the UK GDPR and what stands beside them.

The table [tells] of notice.toml gives, for each, the statements that say it.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing to tell. Fields: code, says (what), law (where it is asked), since (the first day it is
    asked, or None)."""

    code: str
    says: str
    law: str
    since: date | None = None


TELLINGS = (
    Telling(code="controller", says="Who the controller is", law="UK GDPR, art. 13(1)(a)"),
    Telling(
        code="data-protection-officer",
        says="How to reach the data protection officer",
        law="UK GDPR, art. 13(1)(b)",
    ),
    Telling(code="purposes", says="What information is used for", law="UK GDPR, art. 13(1)(c)"),
    Telling(code="legal-basis", says="On what legal basis", law="UK GDPR, art. 13(1)(c)"),
    Telling(code="categories", says="Which categories are got from others", law="UK GDPR, art. 14(1)(d)"),
    Telling(
        code="special-categories",
        says="Which special categories are held",
        law="UK GDPR, arts. 9 and 14(1)(d)",
    ),
    Telling(
        code="special-conditions",
        says="On what condition sensitive information is held",
        law="UK GDPR, arts. 9 and 10; good practice",
    ),
    Telling(code="recipients", says="Who receives it", law="UK GDPR, art. 13(1)(e)"),
    Telling(code="transfers-abroad", says="Whether it goes abroad", law="UK GDPR, art. 13(1)(f)"),
    Telling(code="retention-period", says="How long it is kept", law="UK GDPR, art. 13(2)(a)"),
    Telling(code="rights", says="Which rights people have", law="UK GDPR, art. 13(2)(b)"),
    Telling(code="withdraw-consent", says="That consent can be withdrawn", law="UK GDPR, art. 13(2)(c)"),
    Telling(
        code="complaint-to-regulator",
        says="That one may complain to the regulator",
        law="UK GDPR, art. 13(2)(d)",
    ),
    Telling(
        code="complaint-to-council",
        says="How to complain to the council, with a form and another way",
        law="Data Protection Act 2018, s. 164A",
        since=date(2026, 6, 19),
    ),
    Telling(
        code="must-it-be-given",
        says="Whether information must be given, and what follows if not",
        law="UK GDPR, art. 13(2)(e)",
    ),
    Telling(code="automated-decisions", says="Whether decisions are automated", law="UK GDPR, art. 13(2)(f)"),
    Telling(code="sources", says="Where it comes from", law="UK GDPR, art. 14(2)(f)"),
    Telling(
        code="sources-public",
        says="That the public and people who give no name are sources",
        law="UK GDPR, art. 14(2)(f)",
    ),
    Telling(code="sources-courts", says="That courts are sources", law="UK GDPR, art. 14(2)(f)"),
    Telling(
        code="sources-self-through-others",
        says="That one's own words may come through others",
        law="UK GDPR, art. 14(2)(f)",
    ),
)
