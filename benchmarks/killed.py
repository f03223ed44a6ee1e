"""Kill the demonstration, site and database together, while people save; start it again; count what was lost.

Run: .venv/bin/python -m benchmarks.killed [TIMES]. It uses a home of its own and port 8017, and deletes the home.
"""

import http.cookiejar
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg

from wenlock.base.home import Home
from wenlock.base.server import Server

PORT = 8017
SITE = f"http://127.0.0.1:{PORT}"
SAVERS = 3


class Saver(threading.Thread):
    """Somebody who writes one final note after another, and remembers which were acknowledged."""

    def __init__(self, number: int, acknowledged: list[str]) -> None:
        super().__init__(daemon=True)
        self.number, self.acknowledged = number, acknowledged
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def run(self) -> None:
        try:
            self.sign_in()
            child = re.findall(r"/work/people/[0-9a-f-]{36}/", self.read("/work/"))[self.number]
            while True:
                self.save(child)
        except (OSError, urllib.error.URLError, IndexError, ValueError):
            return  # killed: what was not acknowledged does not count

    def read(self, address: str) -> str:
        with self.browser.open(SITE + address, timeout=30) as answer:
            return str(answer.read().decode())

    def send(self, form: str, address: str, **said: str) -> str:
        """Send a form with the token of the page it stands on, and return the address that answered."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.read(form))
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token and token[1], **said}).encode()
        with self.browser.open(SITE + address, data=body, timeout=30) as answer:
            return str(answer.url)

    def sign_in(self) -> None:
        self.send("/sign-in/", "/demo/sign-in/amara/")

    def save(self, child: str) -> None:
        mark = f"mark-{random.getrandbits(64):016x}"
        today = time.localtime()
        arrived = self.send(
            f"{child}notes/write/", f"{child}notes/write/", finish="1", kind="telephone", title="A call",
            text=mark, happened_on_day=str(today.tm_mday), happened_on_month=str(today.tm_mon),
            happened_on_year=str(today.tm_year),
            about=child.split("/")[3], channel="telephone", source="family",
        )  # fmt: skip
        if arrived.endswith("/notes/"):
            self.acknowledged.append(mark)


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start the demonstration, and wait for its page."""
    began = time.perf_counter()
    site = subprocess.Popen(
        [Path(sys.executable).with_name("wenlock"), "demo", "--port", str(PORT)],
        env={**os.environ, "WENLOCK_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    while time.perf_counter() - began < 300:
        try:
            urllib.request.urlopen(SITE + "/healthz", timeout=5).close()
            print(f"a page after {time.perf_counter() - began:.1f} s", flush=True)
            return site
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise SystemExit("The demonstration did not start.")


def kill(site: subprocess.Popen[bytes], home: Path) -> None:
    """Kill every process of the site and of its database, with no warning."""
    os.killpg(site.pid, signal.SIGKILL)
    postmaster = int((Home(home).data / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True)
    for process in (postmaster, *map(int, children.stdout.split())):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    site.wait()


def lost(home: Path, acknowledged: list[str]) -> list[str]:
    """The acknowledged notes that the database no longer has."""
    with psycopg.connect(Server(Home(home)).dsn(dbname="wenlock")) as connection:
        rows = connection.execute("SELECT text FROM case_note WHERE text = ANY(%s)", [acknowledged])
        kept = {row[0] for row in rows}
    return [mark for mark in acknowledged if mark not in kept]


def drill(home: Path, times: int) -> None:
    """Kill that many times, and say what was lost."""
    acknowledged: list[str] = []
    site = start(home)
    for _ in range(times):
        savers = [Saver(number, acknowledged) for number in range(SAVERS)]
        for saver in savers:
            saver.start()
        time.sleep(random.uniform(2, 6))
        kill(site, home)
        print(f"killed; {len(acknowledged)} notes acknowledged so far", flush=True)
        site = start(home)
        print(f"lost: {len(lost(home, acknowledged))}", flush=True)
    kill(site, home)


if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp())
    try:
        drill(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    finally:
        Server(Home(folder)).remove()
        shutil.rmtree(folder)
