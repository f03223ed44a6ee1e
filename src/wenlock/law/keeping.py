"""Terms of keeping: how long each class of record is kept, from what, and on whose word.

A class of `Held` names one of these by code. Where no statute fixes a term the authority's schedule does: such a term
says so, and its mark stays until the schedule is published. Disposal itself is built on these in `retention`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keeping:
    """A term: kept `years` from `after` (None: as long as what it explains is kept), by `law`, marked as found."""

    code: str
    says: str
    years: int | None
    after: str
    law: str
    mark: str


TERMS = (
    Keeping(
        "childs-record",
        "A person's own details are kept as long as the longest-kept record about them.",
        None,
        "the last record about the person is disposed of",
        "UK GDPR art.5(1)(e); the authority's schedule",
        "S",
    ),
    Keeping(
        "child-in-need-record",
        "A child in need record is kept until the child would be 30, unless a longer term applies.",
        30,
        "the child's birth",
        "No statute: the authority's schedule (seen in use: to age 30; 18 and three years; 25 or 35 years)",
        "S",
    ),
    Keeping(
        "child-protection-record",
        "A child protection record is kept for 35 years after it was closed, unless a longer term applies.",
        35,
        "the case was closed",
        "No statute: the authority's schedule (35 years after closure is common)",
        "S",
    ),
    Keeping(
        "contact-record",
        "A contact is kept with the record of whoever it was about; one that led nowhere, as the schedule says.",
        None,
        "the last record about anybody it was about is disposed of",
        "No statute: the authority's schedule",
        "L",
    ),
    Keeping(
        "agency-record",
        "An agency's own details are kept as long as anything that came from it.",
        None,
        "the last record that came from it is disposed of",
        "UK GDPR art.5(1)(e)",
        "K",
    ),
    Keeping(
        "disclosure-ledger",
        "What was shared, with whom and why is kept as long as the record it came from, and at least six years.",
        6,
        "the record it came from is disposed of",
        "UK GDPR art.5(2); Limitation Act 1980 s.5",
        "K",
    ),
    Keeping(
        "audit-trail",
        "Who looked and what was changed is kept as long as the record, and at least six years.",
        6,
        "the record is disposed of",
        "UK GDPR art.5(2), art.32; Limitation Act 1980 s.5",
        "K",
    ),
    Keeping(
        "permanent-policy",
        "Published versions of the notice, and the rules of the system, are kept for good: they hold nobody's details.",
        None,
        "never",
        "UK GDPR art.5(2)",
        "K",
    ),
    Keeping(
        "staff-record",
        "A worker's account and teams are kept as long as the trail they left.",
        6,
        "the worker left and their last record was disposed of",
        "UK GDPR art.5(1)(e); the authority's schedule",
        "S",
    ),
)

BY_CODE = {term.code: term for term in TERMS}
