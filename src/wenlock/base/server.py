"""A PostgreSQL server of our own, for trial, tests and one box. It opens no network port."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from psycopg.conninfo import make_conninfo

from wenlock.base import leftovers
from wenlock.base import server_folders as folders
from wenlock.base.home import PORT, Home, replace_file
from wenlock.base.postgres import (
    Account,
    Binaries,
    ServerRefused,
    find_binaries,
    run,
    server_account,
    usable_by,
)
from wenlock.base.server_settings import locale_options, settings_text

SUPERUSER = "postgres"
PASSWORD = "postgres-superuser"  # the name of the secret, not the secret
RETRY_FOR = 30  # seconds for what a killed server left behind to go away
RECOVER_FOR = 600  # seconds for a server that answers "starting up" to finish its recovery
ACCEPTING, REJECTING = 0, 1  # what pg_isready answers; anything else is no answer

_log = logging.getLogger(__name__)


class Server:
    """The server of one home. `durable=False` trades safety against crashes for speed: for tests alone.

    `say` is told, in a sentence, of anything done outside the home or taking more than a moment.
    """

    def __init__(
        self,
        home: Home,
        *,
        durable: bool = True,
        environ: Mapping[str, str] | None = None,
        say: Callable[[str], None] = _log.info,
    ) -> None:
        self.home = home
        self._durable = durable
        self._environ = os.environ if environ is None else environ
        self._say = say

    def settle(self) -> None:
        """Settle, once, where the database will live, so that settings read from now on know the place."""
        self.home.prepare()
        with folders.alone(self.home):
            folders.choose_place(self.home, self._account, say=self._say)

    def start(self) -> bool:
        """See that the server is up; say whether it was this call that started it.

        Makes the database the first time. The server outlives this process and does not hear its Ctrl-C.
        Raises ServerRefused or HomeUnusable, each with what to do about it.
        """
        self.settle()
        with folders.alone(self.home):
            folders.cap_log(self.home)
            if self.alive():
                return False
            folders.make_folders(self.home, self._account)
            if folders.major_of(self.home.data) is None:
                self._make_database()
            self._refuse_what_does_not_fit()
            self._launch()
            return True

    def stop(self, *, mode: str = "fast") -> None:
        """Stop the server if it is up. `fast` ends sessions and writes all out.

        `immediate` loses nothing committed, but leaves a recovery to the next start.
        """
        with folders.alone(self.home):
            if self.home.data.exists() and self.alive():
                self._must("pg_ctl", "-D", self.home.data, "-m", mode, "-w", "-t", "60", "-s", "stop")

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Have the server up for the length of the block; stop it afterwards only if we started it."""
        started = self.start()
        try:
            yield self
        finally:
            if started:
                self.stop()

    def alive(self) -> bool:
        """Say whether the server takes connections. It is asked: a pid proves nothing after a crash."""
        return self._answer() == ACCEPTING

    def dsn(self, *, user: str = SUPERUSER, dbname: str = "postgres", password: str | None = None) -> str:
        """Return the connection string for the user. A password of None is the superuser's own."""
        if password is None:
            if user != SUPERUSER:
                raise ValueError(f"a password is needed for {user}")
            password = self.home.secret(PASSWORD)
        return make_conninfo(
            host=str(self.home.sockets), port=PORT, user=user, dbname=dbname, password=password
        )

    def remove(self) -> None:
        """Stop the server and delete its database for good. The rest of the home stays."""
        self.stop(mode="immediate")
        with folders.alone(self.home):
            folders.remove_folders(self.home)

    @cached_property
    def binaries(self) -> Binaries:
        """The PostgreSQL in use, of the data's own major version if the machine has it."""
        found = find_binaries(major=folders.major_of(self.home.data), environ=self._environ)
        return usable_by(found, self._account, say=self._say)

    @cached_property
    def _account(self) -> Account | None:
        return server_account(self.home.data, say=self._say, environ=self._environ)

    def _make_database(self) -> None:
        """Run initdb beside the final place and move the result there: a half-made one is never used."""
        self._say(f"Making a PostgreSQL {self.binaries.version} database in {self.home.data}.")
        half_way, password = self.home.database / "data.new", self.home.database / "password.new"
        shutil.rmtree(half_way, ignore_errors=True)
        half_way.mkdir(mode=0o700)
        try:
            replace_file(password, self.home.secret(PASSWORD))
            if self._account:
                self._account.owns(half_way, mode=0o700)
                self._account.owns(password, mode=0o600)
            how = [*locale_options(self.binaries.major), *([] if self._durable else ["--no-sync"])]
            self._must("initdb", "-D", half_way, "-U", SUPERUSER, "--encoding=UTF8", "--data-checksums",
                       "--auth=scram-sha-256", f"--pwfile={password}", *how)  # fmt: skip
            half_way.rename(self.home.data)
        finally:
            password.unlink(missing_ok=True)

    def _refuse_what_does_not_fit(self) -> None:
        made_by = folders.major_of(self.home.data)
        if made_by != self.binaries.major:
            raise ServerRefused(
                f"{self.home.data} was made by PostgreSQL {made_by}, and the server found is "
                f"{self.binaries.version} ({self.binaries.folder}). Set PG_BINDIR to the programs of "
                f"PostgreSQL {made_by}, or dump the data with those and load it into a new home."
            )
        if not self.home.has_secret(PASSWORD):
            raise ServerRefused(
                f"The database is in {self.home.database}, but its password, "
                f"{self.home.secrets / PASSWORD}, is gone. Put that file back from a backup."
            )

    def _launch(self) -> None:
        """Start the server, trying again while what a killed one left behind is still going away."""
        settings = self.home.database / "server.conf"
        text = settings_text(data=self.home.data, sockets=self.home.sockets, durable=self._durable)
        replace_file(settings, text, mode=0o644)
        deadline = time.monotonic() + RETRY_FOR
        while complaint := self._launch_once(settings):
            if time.monotonic() > deadline or not leftovers.are_mentioned_in(complaint):
                log = folders.log_of(self.home)
                raise ServerRefused(f"The database server did not start. It said ({log}):\n{complaint}")
            leftovers.clear(data=self.home.data, sockets=self.home.sockets)
            time.sleep(0.25)

    def _launch_once(self, settings: Path) -> str | None:
        """Try to start; return None if the server is up, or else what was said."""
        log = folders.log_of(self.home)
        done = self._run("pg_ctl", "-D", self.home.data, "-l", log, "-o", f"-c config_file='{settings}'",
                         "-w", "-t", "30", "-s", "start")  # fmt: skip
        deadline = time.monotonic() + RECOVER_FOR
        while (answer := self._answer()) == REJECTING and time.monotonic() < deadline:
            time.sleep(0.2)
        return None if answer == ACCEPTING else f"{done.stderr}{folders.end_of_log(self.home)}" or "nothing"

    def _answer(self) -> int:
        asked = [
            self.binaries.tool("pg_isready"),
            "-q",
            "-t",
            "3",
            "-h",
            str(self.home.sockets),
            "-p",
            str(PORT),
        ]
        return run(asked, account=None, check=False).returncode

    def _run(self, tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [self.binaries.tool(tool), *map(str, arguments)]
        return run(command, account=self._account, check=False, home=self.home.database)

    def _must(self, tool: str, *arguments: str | Path) -> None:
        done = self._run(tool, *arguments)
        if done.returncode != 0:
            raise ServerRefused(f"{tool} failed. It said:\n{done.stderr.strip() or done.stdout.strip()}")


@contextmanager
def throwaway(*, durable: bool = False, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Give a running server in a home of its own, both deleted afterwards: for tests and rehearsals."""
    root = Path(tempfile.mkdtemp(prefix="wenlock-"))
    if os.geteuid() == 0:
        root.chmod(0o711)  # it is ours, new and empty; the server's user passes through it
    server = Server(Home(root / "home").prepare(), durable=durable, environ=environ)
    try:
        server.start()
        yield server
    finally:
        server.remove()
        shutil.rmtree(root, ignore_errors=True)
