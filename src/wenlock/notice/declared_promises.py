"""What a notice may promise that is kept by the whole system, not by one row: the closed list that `binds`
may name."""

PROMISES: dict[str, str] = {
    "every-table-is-mapped": "Every table about a person falls under this notice or another.",
    "categories-by-purpose": "A category is written only under a purpose that allows it.",
    "sensitive-only-by-law": (
        "Special category and criminal-offence data need a condition and a policy in force."
    ),
    "told-within-a-month": (
        "A person is told of data got from others within a month, or an exemption is recorded."
    ),
    "purposes-are-closed": "Every use names a purpose from the dated list.",
    "every-purpose-has-a-ground": "No purpose is in force without a ground in law or consent.",
    "consent-where-required": "A purpose that needs consent stops when consent is missing or withdrawn.",
    "grounds-in-the-acts": "Every ground names an Act and section, or consent.",
    "every-disclosure-cites-a-rule": "Nothing is shared without a rule for who, why, what and what ground.",
    "sharing-has-a-ground-in-force": "The ground of a disclosure is law on the day it is made.",
    "otherwise-only-with-consent": (
        "Sharing without a duty or public task waits for the right person's live consent."
    ),
    "no-sale-or-rent": "No disclosure carries a price.",
    "no-third-party-marketing": "No purpose or recipient of marketing can exist.",
    "refusal-needs-a-reason": (
        "A right is refused only with a coded ground, its provision and a way to complain."
    ),
    "longest-term-wins": (
        "Terms of keeping cite their source; the longest governs, and an unknown start means keep."
    ),
    "threats-are-tested": (
        "Unauthorised access, loss, misuse, alteration and corruption each have tests, dated."
    ),
    "procedures-are-attested": (
        "Physical and managerial safeguards are attested by a person, with a date of lapse."
    ),
    "caution-at-intake": "Every public form says what cannot be guaranteed, and offers a safe route.",
    "precautions-advised": (
        "Every public form advises on shared devices, private browsing and leaving quickly."
    ),
    "accuracy-is-kept": "Facts are checked, carry their origin, and are confirmed from time to time.",
    "changes-are-welcomed": "A person can report a change and is told what came of it.",
    "no-automated-decisions": "No outcome about a person exists without a named human who saw the evidence.",
}
