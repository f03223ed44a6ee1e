"""For schemathesis, which runs by itself: what it means well is a new request, and was written before it was sent."""

import re
from itertools import count
from typing import Any

import schemathesis

HEADER = "Idempotency-Key"
INSTANT = r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})"
NUMBERS = count(1)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Give a well-made Idempotency-Key a number of its own, and a well-made instant a day that has been.

    No schema can say that a time is not yet to come. What is faulty on purpose stays so.
    """
    if re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", str((case.headers or {}).get(HEADER, ""))):
        case.headers[HEADER] = f"request-{next(NUMBERS)}"
    if isinstance(case.body, dict) and re.fullmatch(INSTANT, str(case.body.get("written_at", ""))):
        case.body["written_at"] = "2026-11-20T16:05:00Z"
