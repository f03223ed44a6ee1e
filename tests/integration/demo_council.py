"""A demonstration in a process of its own: `python -m tests.integration.demo_council SIZE`.

WENLOCK_HOME says where; its server must be running. Progress goes to standard output, and last of all, as
JSON, what each of the ten workers sees.
"""

import json
import os
import sys

import django


def main(people: int) -> None:
    """Seed a council of a size, and say who sees how many."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wenlock.web.settings"
    django.setup()
    from django.utils import timezone

    from wenlock.demo.seed import seed

    added = seed(say=lambda line: print(line, flush=True), at=timezone.now(), people=people)
    print(json.dumps({"added": added, "seen": _seen()}))


def _seen() -> dict[str, dict[str, list[str]]]:
    from wenlock.demo import cast
    from wenlock.people.models import Address, Person
    from wenlock.practice.case.models import Note
    from wenlock.practice.child_in_need.models import Episode
    from wenlock.security.context import acting
    from wenlock.security.models import Actor

    seen = {}
    for worker in cast.WORKERS:
        with acting(actor=Actor.objects.get(email=worker.email).pk, purpose=cast.NEED):
            tables = {"people": Person, "episodes": Episode, "notes": Note, "addresses": Address}
            seen[worker.slug] = {
                name: [str(key) for key in table.objects.values_list("pk", flat=True)]
                for name, table in tables.items()
            }
    return seen


if __name__ == "__main__":
    main(int(sys.argv[1]))
