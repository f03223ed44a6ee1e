"""How long a council's backup and its restore take, with how many bytes; the checks afterwards are told apart.

Run: .venv/bin/python -m benchmarks.backup [PEOPLE] [DOCUMENTS]
"""

import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.council import Council, council

DOCUMENT = 200_000  # bytes: a letter of a few pages, scanned


def timed(says: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{says:<40} {time.perf_counter() - began:7.1f} s   at most {most} MB of memory so far", flush=True)


def keep_documents(of: Council, count: int) -> None:
    """Documents that are noise, each with its rows."""
    from wenlock.base.identifiers import new_id
    from wenlock.files import store

    of.admin.execute("SET session_replication_role = replica")
    for _ in range(count):
        version, document = new_id(), new_id()
        kept = store.keep(io.BytesIO(os.urandom(DOCUMENT)), version=version, home=of.server.home)
        of.admin.execute(
            "INSERT INTO case_document (id, title, document_class, third_party, irreplaceable, provenance_id, "
            "recorded_by_id, recorded_at) VALUES (%s, 'Letter', 'letter', false, false, %s, %s, now())",
            [document, of.provenance, of.worker],
        )
        of.admin.execute(
            "INSERT INTO case_documentversion (id, file_name, media_type, size, sha256, stored_as, document_id, "
            "number, recorded_by_id, recorded_at) VALUES (%s, 'a.pdf', 'application/pdf', %s, %s, %s, %s, 1, %s, now())",
            [version, kept.size, kept.sha256, kept.stored_as, document, of.worker],
        )


def measure(of: Council, folder: Path) -> None:
    """A first backup, a second that copies no document again, its check, and a restore beside the first server."""
    from django.utils import timezone

    from wenlock.backup import installation
    from wenlock.backup.recovery import SETTING, RecoveryKey
    from wenlock.base.home import Home
    from wenlock.security.keys import sealing_key
    from wenlock.web.restoring import restored

    home, backups = of.server.home, folder / "backups"
    backups.mkdir()
    recovery = RecoveryKey.made(signer=sealing_key(home).public)
    home.keep(**{SETTING: recovery.public.hex()})

    def back_up() -> None:
        installation.back_up(to=backups, keep=None, now=timezone.now, say=lambda line: print(f"  {line}"))

    timed("first backup", back_up)
    timed("second backup", back_up)
    timed("check", lambda: print(installation.amiss(at=timezone.now(), to=backups, say=print)))
    second = Home(folder / "second")
    timed(
        "restore, with what it checks and proves",
        lambda: restored(backups, home=second, recovery=recovery, say=print),
    )
    from wenlock.base.server import Server

    Server(second).remove()


if __name__ == "__main__":
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    with council(people=people) as made, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        keep_documents(made, documents)
        measure(made, Path(folder))
