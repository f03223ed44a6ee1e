"""The database's roles and what each is for; `bootstrap` makes them, the sweeps check them."""

from dataclasses import dataclass

from wenlock.base import constraints as names


@dataclass(frozen=True)
class DatabaseRole:
    """A role: its name, why it exists, whether it may log in, and the roles it may become (never inherit)."""

    name: str
    why: str
    login: bool
    may_become: tuple[str, ...] = ()


ROLES = (
    DatabaseRole(names.GUARD, "Owns the functions that decide who sees what; owns no table", login=False),
    DatabaseRole(
        names.DOOR, "Owns the functions that let anything leave; alone writes the ledger", login=False
    ),
    DatabaseRole(
        names.OWNER, "Owns the tables and migrates them", login=True, may_become=(names.GUARD, names.DOOR)
    ),
    DatabaseRole(names.APP, "Runs the site and the command; owns nothing, deletes nothing", login=True),
    DatabaseRole(names.RETURNS, "Reads the columns of the statutory returns, and no others", login=True),
    DatabaseRole(names.SEALER, "Reads the audit trail and adds its seals", login=True),
    DatabaseRole(
        names.PROVER,
        "Reads the catalogue and counts, and tries what must be refused",
        login=True,
        # It must be able to try as the strongest login does, or a refusal would prove nothing.
        may_become=(names.APP, names.RETURNS, names.OWNER),
    ),
)

LOGINS = tuple(role.name for role in ROLES if role.login)
