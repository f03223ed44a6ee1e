"""For schemathesis, which runs by itself: every request it means well is a new one, so none is a repeat that differs."""

import re
from itertools import count
from typing import Any

import schemathesis

HEADER = "Idempotency-Key"
NUMBERS = count(1)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Give a well-made Idempotency-Key a number of its own. One that is faulty on purpose stays so."""
    if re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", str((case.headers or {}).get(HEADER, ""))):
        case.headers[HEADER] = f"request-{next(NUMBERS)}"
