"""The sets of answers about an e-mail: whether its sender is sure, why it was not filed, and what stopped a pull."""

# What the council's own mail server found of the sender, in the words a worker reads.
VERIFIED = {
    "verified": "The sender’s address was checked by our mail server.",
    "not-verified": "We could not check that this came from that address.",
    "failed": "Our mail server found that this did not come from that address.",
    "forged": "This carries a false mark, made to look as if our mail server had checked it.",
}
DOUBTFUL = ("failed", "forged")

# Why an e-mail was not filed. Nothing is rejected for being odd, unclear or unverified.
REASONS = {
    "automatic": "It is an automatic reply",
    "bounce": "It says that an e-mail could not be delivered",
    "loop": "It came from this mailbox itself",
    "duplicate": "It is the very same as one filed already",
    "too-large": "It is larger than the mailbox takes",
    "unreadable": "Nothing in it could be read",
    "renumbered": "The mail server numbered it anew, and it is counted under its new number",
}
MAY_BE_WANTED = tuple(reason for reason in REASONS if reason not in ("duplicate", "renumbered"))

FAULTS = {
    "unreachable": "The mail server did not answer",
    "refused": "The mail server did not let us in, or does not have the folder",
    "not-filed": "An e-mail could not be filed, and waits",
    "no-notice": "No notice is in force, or it does not name e-mail",
}

# The columns of an e-mail that are empty when it is found.
WRITTEN_LATER = (
    "read_at", "sha256", "message_id", "sender", "sender_name", "subject", "headers", "verified", "reason",
    "contact_id", "wanted_by_id", "wanted_at",
)  # fmt: skip
