"""A council's own sign-in for the tests: a real OpenID provider on this machine, and a browser's part
played by hand."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

from wenlock.web import sign_in

SECRET = "a secret between two machines"


@dataclass
class Provider:
    """A running provider: its issuer, and the people it knows by subject."""

    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the provider know a person, and what its tokens say of them."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Our settings for it."""
        council = {
            "issuer": self.issuer,
            "tenant": "",
            "subject_claim": "sub",
            "acr": (),
            "claim_by_email": False,
        }
        environ = {"WENLOCK_OIDC_CLIENT_ID": "wenlock", "WENLOCK_OIDC_CLIENT_SECRET": SECRET}
        known = {"openid_connect": sign_in.provider(council, environ)}
        return {"COUNCIL_SIGN_IN": council | changes, "SOCIALACCOUNT_PROVIDERS": known}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that insists on a nonce, in a process of its own: its libraries' warnings are not ours to
    answer for."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _ready(Provider(f"http://localhost:{port}"), process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _ready(made: Provider, process: subprocess.Popen[bytes]) -> Provider:
    for _ in range(150):
        try:
            requests.get(f"{made.issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
            return made
        except requests.ConnectionError:
            assert process.poll() is None, "the provider did not start"
            time.sleep(0.1)
    raise TimeoutError(made.issuer)


def sent(client: Client, path: str = "/sign-in/council/") -> str:
    """Where the browser is sent by us."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def brought_back(address: str, subject: str) -> str:
    """The path, with its query, the provider sends the browser back to after `subject` signs in there."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    assert answer.status_code in (302, 303), answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def asked(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(client: Client, subject: str) -> Any:
    """Sign in at the provider as `subject` and come back: our answer."""
    return client.get(brought_back(sent(client), subject))


def heading(answer: Any) -> str:
    """The h1 of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    return found[1].strip() if found else ""
