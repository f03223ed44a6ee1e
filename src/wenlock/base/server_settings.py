"""What our own PostgreSQL server is told: its settings file and its locale."""

from __future__ import annotations

import locale
from pathlib import Path

_ALWAYS = {
    "cluster_name": "wenlock",
    "listen_addresses": "",  # the socket is the only door
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "datestyle": "ISO, DMY",
    "jit": "off",  # costs more than it saves on short queries, and not every build has it
    "log_checkpoints": "off",
    # The log may not repeat what a family said. An error can quote the value it refused, so errors go to the
    # session that made them and not to the log; nor do statements, parameters or the details of a message.
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_autovacuum_min_duration": "-1",
    "log_lock_waits": "off",
}
_DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_compression": "on",
    "max_wal_size": "1GB",
}
_FAST = {  # a power cut may lose everything, which is what tests are for losing
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
}


def settings_text(*, data: Path, sockets: Path, durable: bool) -> str:
    """Return the server's settings: what initdb found to work on this machine, then what we say.

    The paths may hold spaces, not quotation marks.
    """
    chosen = _ALWAYS | (_DURABLE if durable else _FAST) | {"unix_socket_directories": f'"{sockets}"'}
    ours = "".join(f"{name} = '{value}'\n" for name, value in chosen.items())
    return f"include '{data / 'postgresql.conf'}'\n{ours}"


def locale_options(major: int) -> list[str]:
    """Return initdb's locale options: order by code point, letters known beyond English.

    From 17 the ordering is PostgreSQL's own, so that a new C library cannot spoil an index; word splitting
    (trigrams, text search) still asks the C library, which must therefore know UTF-8 too.
    """
    from_the_system = f"--locale={_utf8_locale()}"
    if major < 17:
        return [from_the_system]
    return [from_the_system, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
                return name
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
