"""A pull in a process of its own, killed where it is told to be: python -m tests.mail.killed WHERE MAILBOX HOME."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

# Each moment between two things that must not come apart: the call it is just before, or just after, and which time.
MOMENTS = {
    "found and in the register": ("wenlock.intake.mailbox.pulling", "Taking._known", "before", 1),
    "about to be read": ("wenlock.intake.mailbox.filing", "read", "before", 2),
    "files safe and no row written": ("wenlock.intake.mailbox.filing", "take_contact", "before", 2),
    "rows written and not kept": ("wenlock.intake.mailbox.filing", "_close_earlier_number", "after", 2),
    "kept and not moved": ("imapclient", "IMAPClient.move", "before", 2),
    "moved": ("imapclient", "IMAPClient.move", "after", 2),
}


def main(where: str, mailbox: str, home: str) -> None:
    """Pull, and be killed at the moment named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlock.web.settings")
    import django

    django.setup()
    from django.utils import timezone

    from wenlock.base.home import Home
    from wenlock.intake.mailbox.declared import Mailbox
    from wenlock.intake.mailbox.pulling import pull

    said = json.loads(mailbox)
    end_at(*MOMENTS[where])
    pull(Mailbox(**said | {"addresses": tuple(said["addresses"])}), home=Home(Path(home)), clock=timezone.now)


def end_at(module: str, name: str, side: str, times: int) -> None:
    """Put the end of this process before or after a call, the `times`th time it comes."""
    owner: Any = import_module(module)
    *path, last = name.split(".")
    for step in path:
        owner = getattr(owner, step)
    real: Callable[..., Any] = getattr(owner, last)

    def called(*given: Any, **named: Any) -> Any:
        if side == "before":
            _end(times)
        answer = real(*given, **named)
        if side == "after":
            _end(times)
        return answer

    setattr(owner, last, called)


_COME: list[int] = []


def _end(times: int) -> None:
    _COME.append(1)
    if len(_COME) == times:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
