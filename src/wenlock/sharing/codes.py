"""The codes of sharing: how things leave, under what, who consented, and what became of it."""

# How something leaves. Each route is added here when all of it works; an undeclared one cannot be written down.
ROUTES = {"file": "A file, handed over by the worker"}

AGREEMENT_KINDS = {
    "protocol": "Information sharing agreement",
    "contract": "Contract",
    "processing": "Data processing agreement",
    "duty": "Statement of a legal duty to share",
}

# In what capacity somebody consents. Source: Mental Capacity Act 2005 ss.1 and 2: at 16 capacity is presumed; below it,
# Gillick v West Norfolk AHA [1986] AC 112. K. The database asks the age (guard.may_consent_v1).
CAPACITIES = {
    "own": "For themself, aged 16 or over",
    "competent": "For themself, under 16 and able to decide this",
    "responsible": "With parental responsibility for the child",
}

GIVEN_HOW = {"spoken": "Spoken", "written": "Signed on paper", "online": "Online"}
WITHDRAWN_BY = {
    "giver": "The person who gave it",
    "child": "The child",
    "responsible": "Somebody else with parental responsibility",
}

# The words somebody consents to. A changed wording is a new code: what was consented to stays readable.
WORDINGS = {
    "2026-1": "I agree that the council may share the information named here with the body named here, for the purpose "
    "named here. I can change my mind at any time by telling any worker, and nothing more is shared from then on.",
}
WORDING = "2026-1"

# Under which part of the Data Protection Act 2018 a youth offending team receives: it works under both.
REGIMES = {
    "part-2": "General processing: help and welfare (Part 2)",
    "part-3": "Law enforcement: preventing or prosecuting crime (Part 3)",
}
NEEDS_REGIME = "youth-offending-team"

ANSWERS = {"approved": "Approved", "declined": "Decided not to share"}
STAGES = {"proposed": "When it was proposed", "answered": "When it was decided on"}
RECEIPTS = {"handed-over": "Handed over", "never-left": "Not handed over"}

# How the row of a table leads to the person it is about.
WAYS = {
    "self": "The row is the person",
    "person": "The row names the person",
    "address": "The person lives at it",
    "note": "The note is about the person",
    "document": "It is a version of a document about the person",
}
