"""A real mail server for the tests: Dovecot, run by nobody in particular from a folder of its own, on loopback.

Mail goes in by SMTP, through a border that marks what it found of the sender as a council's does, and on to Dovecot by
LMTP. `scripts/mail_server.py` says where Dovecot comes from.
"""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import re
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

HOST = "127.0.0.1"
PASSWORD = "not-a-secret"
AUTHSERV = "mx.wenlock.example"
WELL = f"{AUTHSERV}; spf=pass smtp.mailfrom={{0}}; dkim=pass header.d={{0}}; dmarc=pass header.from={{0}}"
_USERS = count(1)

CONFIG = """
base_dir = {run}
state_dir = {state}
log_path = {root}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:~/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
lmtp_save_to_detail_mailbox = no
recipient_delimiter =
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/home/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
service auth {{
  user = {user}
}}
service auth-worker {{
  user = {user}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class MailServer:
    """Where mail is handed in (`smtp`) and read (`imap`): ports of loopback. `lmtp` is the way round the border.

    `imaps` is the same by TLS, with a `certificate` that nobody trusts unless they are told to.
    """

    imap: int
    imaps: int
    lmtp: int
    smtp: int
    border: Border
    root: Path

    @property
    def certificate(self) -> Path:
        """The server's certificate, signed by itself."""
        return self.root / "certificate.pem"

    def new_mailbox(self) -> str:
        """The address of a mailbox nobody has used."""
        return f"door{next(_USERS)}@wenlock.example"

    def send(self, raw: bytes, *, to: str, sender: str = "pat@meadow.example", found: str = "") -> None:
        """Hand a message in as the world does. `found` is what the border found of its sender; "" when it did not look."""
        self.border.found = found
        with smtplib.SMTP(HOST, self.smtp, timeout=20) as line:
            line.sendmail(sender, [to], re.sub(rb"\r?\n", b"\r\n", raw))

    def drop(self, raw: bytes, *, to: str, sender: str = "pat@meadow.example") -> None:
        """Hand a message straight to the mailbox, past the border: nothing is added but where it was delivered."""
        with smtplib.LMTP(HOST, self.lmtp, timeout=20) as line:
            line.sendmail(sender, [to], raw)

    def put(self, *messages: bytes, to: str, folder: str = "INBOX") -> None:
        """Put messages in a folder byte for byte, as a person's mail program does."""
        with self.reader(to) as client:
            for raw in messages:
                client.append(folder, raw)

    @contextmanager
    def reader(self, user: str) -> Iterator[IMAPClient]:
        """A person's own look into a mailbox."""
        with IMAPClient(HOST, port=self.imap, ssl=False) as client:
            client.login(user, PASSWORD)
            yield client

    def held(self, user: str, folder: str = "INBOX") -> list[int]:
        """The numbers of what lies in a folder; none for a folder that is not there."""
        with self.reader(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            return sorted(client.search("ALL"))

    def renumber(self, user: str) -> None:
        """Lose the numbers of an inbox, as a server brought back from a backup does: it numbers everything anew."""
        mail = self.root / "home" / user.partition("@")[0] / "mail"
        if not (mail / "dovecot-uidlist").exists():
            return  # nothing has a number yet
        first = (mail / "dovecot-uidlist").read_text().splitlines()[0].split()
        anew = [first[0], f"V{int(first[1][1:]) + 1}", "N1", *first[3:]]
        (mail / "dovecot-uidlist").write_text(" ".join(anew) + "\n")
        for path in mail.glob("dovecot.index*"):
            path.unlink()


class Border:
    """The council's border: it takes mail by SMTP, says what it found of the sender, and passes it on."""

    def __init__(self, lmtp: int) -> None:
        self.lmtp, self.found = lmtp, ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Mark the message and deliver it."""
        marks = f"Authentication-Results: {self.found}\r\n" if self.found else ""
        marks += (
            f"Received: from {session.host_name} by {AUTHSERV} with ESMTP; Mon, 2 Mar 2026 09:30:00 +0000\r\n"
        )
        with smtplib.LMTP(HOST, self.lmtp, timeout=20) as line:
            line.sendmail(envelope.mail_from, envelope.rcpt_tos, marks.encode() + envelope.content)
        return "250 Taken"


def dovecot() -> str:
    """Where Dovecot is; "" when there is none."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""


@contextmanager
def running() -> Iterator[MailServer]:
    """The server, for as long as the block lasts; everything of it is under a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="wenlock-mail-") as folder:
        root = Path(folder)
        user, group = _somebody()
        for part in ("run", "state", "home"):
            (root / part).mkdir(mode=0o755)
        imap, imaps, lmtp, smtp = (_free_port() for _ in range(4))
        _certify(root)
        said = {
            "root": root, "run": root / "run", "state": root / "state", "user": user, "group": group, "imap": imap, "imaps": imaps, "certificate": root / "certificate.pem",
            "lmtp": lmtp, "password": PASSWORD,
        }  # fmt: skip
        (root / "dovecot.conf").write_text(CONFIG.format(**said))
        if os.geteuid() == 0:
            for path in (root, *root.rglob("*")):
                shutil.chown(path, user, group)
        border = Border(lmtp)
        inwards = Controller(border, hostname=HOST, port=smtp, data_size_limit=200_000_000)
        with _process(root, user if os.geteuid() == 0 else None):
            for port in (imap, lmtp):
                _wait_for(port, root / "log")
            inwards.start()
            try:
                yield MailServer(imap, imaps, lmtp, smtp, border, root)
            finally:
                inwards.stop()


@contextmanager
def _process(root: Path, user: str | None) -> Iterator[None]:
    as_whom = {"user": user, "group": _somebody()[1], "extra_groups": []} if user else {}
    process = subprocess.Popen([dovecot(), "-F", "-c", str(root / "dovecot.conf")], cwd=root, **as_whom)  # type: ignore[call-overload]
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _certify(root: Path) -> None:
    """A key, and a certificate for loopback that it signs itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (root / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (root / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _somebody() -> tuple[str, str]:
    """Whom the server runs as: whoever runs the tests, or nobody where that is root."""
    name = "nobody" if os.geteuid() == 0 else getpass.getuser()
    return name, grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as line:
        line.bind((HOST, 0))
        return int(line.getsockname()[1])


def _wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"Dovecot did not answer. It said: {log.read_text() if log.exists() else 'nothing'}")


def mailbox(post: MailServer, *, address: str, **changes: Any) -> Any:
    """A mailbox of the server, as a council declares one."""
    from wenlock.intake.mailbox.declared import Mailbox

    return Mailbox(
        name=address.partition("@")[0], host=HOST, port=post.imap, user=address, addresses=(address,), tls=False,
        authserv_id=AUTHSERV, hops=1, **changes,
    )  # fmt: skip
