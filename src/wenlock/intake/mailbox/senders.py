"""Whether an e-mail came from the address it gives: only what the council's own mail server says of it counts.

Anybody can write a header. One of Authentication-Results is believed if it names the council's server and stands above
what was there when the e-mail reached it: no more lines of Received are above it than the council's own servers add.
Spec: RFC 8601, sections 2.2, 5 and 7.1; RFC 7489, section 3.1, for which name must agree with which.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*([a-z][\w-]*)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b([a-z]+\.[a-z-]+)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
MARK, STEP = "authentication-results", "received"


@dataclass(frozen=True)
class Result:
    """One method's result: `method` and `result` as in "dkim=pass", and its properties by name."""

    method: str
    result: str
    said: Mapping[str, str] = field(default_factory=dict)


def verdict(headers: Sequence[tuple[str, str]], *, domain: str, authserv_id: str, hops: int) -> str:
    """A code of `codes.VERIFIED` for an e-mail said to come from an address of `domain`, "" for none."""
    trusted, above = None, 0
    for name, value in headers:
        above += name.lower() == STEP
        if name.lower() != MARK or not authserv_id or _server(value) != authserv_id.lower():
            continue
        if above > hops:
            return "forged"  # it was there when the e-mail came, and claims to be ours
        trusted = trusted or list(results(value))
    if trusted is None or not domain:
        return "not-verified"
    return _judged(trusted, domain)


def results(value: str) -> Iterator[Result]:
    """The results in a header of Authentication-Results, without its comments."""
    for part in _plain(value).split(";")[1:]:
        if found := _RESULT.match(part):
            said = {name.lower(): text.lower() for name, text in _PROPERTY.findall(part)}
            yield Result(found[1].lower(), found[2].lower(), said)


def _judged(trusted: Sequence[Result], domain: str) -> str:
    for one in trusted:
        if one.method == "dmarc" and one.result in ("pass", "fail"):
            agrees = one.said.get("header.from", domain) == domain
            return ("verified" if one.result == "pass" else "failed") if agrees else "not-verified"
    shown = (_shown(one) for one in trusted if one.result == "pass")
    return "verified" if any(_agrees(domain, name) for name in shown if name) else "not-verified"


def _shown(one: Result) -> str:
    """The domain that a result of SPF or DKIM vouches for."""
    keys = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.helo")}.get(one.method, ())
    said = next((one.said[key] for key in keys if key in one.said), "")
    return said.rpartition("@")[2]


def _agrees(domain: str, vouched: str) -> bool:
    return domain == vouched or domain.endswith(f".{vouched}")


def _server(value: str) -> str:
    return (_plain(value).split(";")[0].split() or [""])[0].lower()


def _plain(value: str) -> str:
    """The header on one line, without comments, which may stand in each other."""
    text = " ".join(value.split())
    while (less := _COMMENT.sub(" ", text)) != text:
        text = less
    return text
