"""N87 to N90: what is set on a browser is the register and no more, needs consent where it must, and can be seen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wenlock.notice.models import Cookie
from wenlock.notice.proof.registry import REGISTRY, Census, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Constraint, of_model
from wenlock.notice.proofs.shared import IN_FORCE
from wenlock.portal.cookies import CHOICE, RegisteredCookiesOnly, name_here, register
from wenlock.portal.proofs.pages import asked, drawn, version_in_force
from wenlock.security.models import AuditEvent

STRANGE = ("_ga", "_fbp", "hotjar", "sessionid2")
ENFORCER = "wenlock.portal.cookies.RegisteredCookiesOnly"
BEFORE = (
    "SecurityMiddleware",
    "WhiteNoiseMiddleware",
    "CSPMiddleware",
    "PermissionsPolicyMiddleware",
)  # none sets a cookie


def comes_out(request: HttpRequest, names: Iterable[str]) -> set[str]:
    """Which of these cookies are still on an answer that sets them, once it has gone through the register."""

    def sets(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        for name in names:
            response.set_cookie(name, "1")
        return response

    return {
        name
        for name, cookie in RegisteredCookiesOnly(sets)(request).cookies.items()
        if cookie["max-age"] != 0
    }


def set_but_not_declared(stage: Stage) -> tuple[int, list[str]]:
    """Cookies tried on an answer, and those that came out though the notice in force does not declare them."""
    version = version_in_force(stage)
    declared = {name_here(cookie) for cookie in version.notice.cookies} if version else set()
    tried = declared | set(STRANGE)
    return len(tried), sorted(comes_out(asked("/", version), tried) - declared)


def answers_past_the_register(stage: Stage) -> tuple[int, list[str]]:
    """What handles an answer after the register has been kept to, and could put a cookie on it."""
    outside = (
        settings.MIDDLEWARE[: settings.MIDDLEWARE.index(ENFORCER)]
        if ENFORCER in settings.MIDDLEWARE
        else ["all"]
    )
    return len(settings.MIDDLEWARE), [each for each in outside if each.rpartition(".")[2] not in BEFORE]


def a_cookie_nobody_declared(stage: Stage) -> int:
    return len(comes_out(asked("/", version_in_force(stage)), STRANGE))


def _asking(stage: Stage, choice: str) -> tuple[HttpRequest, frozenset[str]]:
    """A request for a page, with a register that has a cookie to agree to, and a browser that keeps this choice."""
    version = version_in_force(stage)
    own = version.notice.cookies[0]
    names = ((CHOICE, "exempt"), ("proof_counts", "consent"))
    version.notice = _With((*version.notice.cookies, *(_like(own, name, kind) for name, kind in names)))
    request = asked("/", version)
    kept = register(request)
    if choice:
        request.COOKIES[CHOICE] = f"{choice}-{kept.mark()}"
    return request, kept.consent


class _With:
    """A notice that declares these cookies."""

    def __init__(self, cookies: tuple[Any, ...]) -> None:
        self.cookies = cookies


def _like(cookie: Any, name: str, class_: str) -> Any:
    return replace(cookie, name=name, class_=class_)


def without_a_choice(stage: Stage) -> int:
    request, consent = _asking(stage, "")
    return len(comes_out(request, consent))


def after_a_no(stage: Stage) -> int:
    request, consent = _asking(stage, "no")
    return len(comes_out(request, consent))


def page_unlike_the_register(stage: Stage) -> tuple[int, list[str]]:
    """The cookies declared, and those that the page of cookies does not show with what they are for and how long."""
    version = version_in_force(stage)
    declared = version.notice.cookies if version else ()
    rows = (
        [" ".join(row.itertext()) for row in drawn("/cookies/", version).xpath("(//tbody)[1]/tr")]
        if declared
        else []
    )
    missing = [
        each.name
        for each in declared
        if not any(name_here(each) in row and each.purpose in row and each.lasts in row for row in rows)
    ]
    return len(declared), missing + ([f"{len(rows)} rows"] if len(rows) != len(declared) else [])


def change_the_register(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run("UPDATE notice_cookie SET needs_consent = NOT needs_consent")


def keep_a_whole_address(stage: Stage) -> None:
    actor = stage.worker("social-worker")
    stage.act(actor=actor)
    stage.become("wenlock_guard")
    stage.run(
        "INSERT INTO security_auditevent (at, xid, epoch, kind, detail) "
        "VALUES (clock_timestamp(), 1, 1, 'signed-in', '{\"address\": \"203.0.113.77\"}')"
    )


def whole_addresses(stage: Stage) -> tuple[int, list[str]]:
    """Events that say where somebody came from, and those that say more than the network."""
    stage.become("wenlock_guard")
    whole = "detail ->> 'address' !~ '^(unknown|[0-9.]+/24|[0-9a-f:]+/48)$'"
    covered, broken = stage.run(
        f"SELECT count(*), count(*) FILTER (WHERE {whole}) FROM security_auditevent WHERE detail ? 'address'"
    ).fetchone()  # type: ignore[misc]
    return covered, [f"{broken} events"] if broken else []


NEVER_CHANGED = Probe(
    "change the register after it was published", change_the_register, ("notice_cookie_never_changed",)
)
DECLARED = Census(
    "cookies declared, with no word of what they are for or how long they last",
    f"SELECT count(*) FROM notice_cookie WHERE {IN_FORCE}",
    f"SELECT count(*) FROM notice_cookie WHERE {IN_FORCE} AND (used_for !~ '\\S' OR lasts !~ '\\S')",
)

REGISTRY.add(
    Proof(
        code="N87",
        structure=tuple(of_model(Cookie)),
        census=(
            Counted(
                "cookies that come out of an answer though the notice does not declare them",
                set_but_not_declared,
            ),
            Counted(
                "what could put a cookie on an answer after the register was kept to",
                answers_past_the_register,
            ),
        ),
        probes=(
            Probe("set a cookie that nobody declared", a_cookie_nobody_declared, ("no rows",)),
            NEVER_CHANGED,
        ),
    ),
    Proof(
        code="N88",
        structure=tuple(of_model(Cookie)),
        census=(DECLARED,),
        probes=(
            Probe("set a cookie that needs consent, before any choice", without_a_choice, ("no rows",)),
            Probe("set a cookie that needs consent, after a no", after_a_no, ("no rows",)),
            NEVER_CHANGED,
        ),
    ),
    Proof(
        code="N89",
        structure=tuple(of_model(Cookie)),
        census=(
            Counted(
                "cookies that the page of cookies does not show as they are declared",
                page_unlike_the_register,
            ),
        ),
        probes=(NEVER_CHANGED,),
        needs_a_person="Our page shows the register; somebody must confirm that the page the statement links to does too.",
    ),
    Proof(
        code="N90",
        structure=(
            Constraint("security_auditevent", "security_auditevent_address_is_cut"),
            *of_model(AuditEvent),
        ),
        census=(
            Counted(
                "events of the trail that keep more than the network somebody came from", whole_addresses
            ),
        ),
        probes=(
            Probe(
                "keep a whole address in the trail",
                keep_a_whole_address,
                ("security_auditevent_address_is_cut",),
            ),
        ),
        needs_a_person="Addresses are kept as the page of cookies says; the notice has a heading for them, and says "
        "nothing under it. What the server in front of this one keeps is for whoever runs it to attest.",
    ),
)
