"""A site in a thread and a browser before it, for the journeys of signing in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import BrowserContext, Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """The site at an address of this machine, on what the database has committed."""
    application = get_wsgi_application()

    def answer(environ: Any, start: Any) -> Any:
        try:
            return application(environ, start)
        finally:
            connections.close_all()

    server = make_server("localhost", 0, answer, server_class=_Threads, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def give_key(context: BrowserContext, page: Page) -> tuple[Any, str]:
    """Put a device that keeps passkeys into the browser; the session that speaks to it, and its name."""
    speaking = context.new_cdp_session(page)
    speaking.send("WebAuthn.enable")
    made = speaking.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return speaking, str(made["authenticatorId"])


def complaints(page: Page) -> list[str]:
    """A list that fills with what the browser complains of: scripts refused, errors, requests that failed."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page for those who cannot see it, or use a mouse."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found]
