"""What a key may be for, why one is refused, and every problem the interface answers with."""

from dataclasses import dataclass
from datetime import timedelta

CHANNEL = "other-electronic"
SEND, READ_OWN, OWN_WORDS = "contacts:send", "contacts:read-own", "own-words:send"
SCOPES = {
    SEND: "Send contacts about children and adults",
    OWN_WORDS: "Send what children wrote in the agency’s application, letter for letter",
    READ_OWN: "Ask what became of contacts that the same agency sent for the same purpose",
}
LONGEST = 366  # days a key lasts at most: each is issued anew, to somebody who still needs it
REMEMBERED = timedelta(days=7)  # how long a repeat is known for one, so that a long weekend loses nothing
LARGEST = 256 * 1024  # bytes of a request's body

# Why a key does not open anything. Written in the log; outside, every one of them is the same answer.
REFUSED = {
    "unknown": "No key begins so",
    "wrong-secret": "The secret is not the key's",
    "not-approved": "Nobody has approved the key yet",
    "not-begun": "The key's first day has not come",
    "expired": "The key's last day is over",
    "revoked": "The key was revoked",
    "agency-ended": "The agency is no more",
    "purpose-ended": "The notice in force does not name the key's purpose",
    "medium-ended": "The notice in force does not list the key's medium",
}


@dataclass(frozen=True)
class Kind:
    """A kind of problem (RFC 9457): its code, the status it is answered with, and a sentence for whoever reads it."""

    code: str
    status: int
    title: str
    retry: bool = False  # the answer says in Retry-After when to send the same again


KINDS = (
    Kind("bad-request", 400, "This is not a request that could have been meant for this address."),
    Kind("not-json", 400, "The body is not JSON that can be read one way only."),
    Kind("key-refused", 401, "There is no key, or the key does not open this."),
    Kind("scope-missing", 403, "The key is not for this."),
    Kind(
        "no-agreement",
        403,
        "No agreement with your organisation is in force today, so nothing was taken. Tell the council at once.",
    ),
    Kind("not-found", 404, "There is nothing of yours at this address."),
    Kind("method-not-allowed", 405, "This address does not take that method."),
    Kind(
        "still-being-taken", 409, "The same request is being taken. Send it again, with the same key.", True
    ),
    Kind("too-large", 413, f"The body is larger than {LARGEST // 1024} KB."),
    Kind("media-type", 415, "Send application/json, in UTF-8."),
    Kind("not-valid", 422, "Some fields are not as the OpenAPI document says. Nothing was taken."),
    Kind("repeat-differs", 422, "This Idempotency-Key came before with another body. Nothing was taken."),
    Kind("too-many", 429, "That was too many requests. Somebody in danger now is always taken.", True),
    Kind("unavailable", 503, "Nothing can be taken at the moment. Telephone, if it cannot wait.", True),
)
BY_CODE = {kind.code: kind for kind in KINDS}

# What may be wrong with a field, by what the check of it found.
FIELD_FAULTS = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_too_short": "too-short",
    "string_too_long": "too-long",
    "too_short": "too-few",
    "too_long": "too-many",
    "string_pattern_mismatch": "not-allowed-characters",
    "string_unicode": "not-allowed-characters",
    "literal_error": "not-in-the-list",
    "value_error": "not-a-date",
    "date_type": "not-a-date",
    "later_than_now": "later-than-now",
}
WRONG_TYPE = "wrong-type"  # every other: a number where words belong, and its like
