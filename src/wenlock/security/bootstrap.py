"""Set up a database: roles, schemas and extensions (as a superuser), then privileges on the plumbing of libraries.

Safe to run again: it adds what is missing and puts right what differs.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from wenlock.base.constraints import APP, DOOR, GUARD, OWNER
from wenlock.security.roles import ROLES

EXTENSIONS = ("pg_trgm", "fuzzystrmatch", "btree_gist", "unaccent")

# Tables of the libraries we stand on: sessions, sign-in and jobs. They hold nothing of a family, and the runtime role
# may write and clear them.
PLUMBING_PREFIXES = (
    "django_session",
    "account_",
    "socialaccount_",
    "mfa_",
    "usersessions_",
    "procrastinate_",
)
READ_ONLY_PLUMBING = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "django_site",
)


def make_roles(admin: psycopg.Connection, *, passwords: Mapping[str, str]) -> None:
    """Make the roles, each with its password from `passwords` (by role name). `admin` is a superuser, autocommitting."""
    for role in ROLES:
        exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name]).fetchone()
        # NOINHERIT: what a role may become it must become on purpose (and PostgreSQL 15 has no such option on GRANT).
        options = sql.SQL("NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT {}").format(
            sql.SQL("LOGIN PASSWORD {}").format(sql.Literal(passwords[role.name]))
            if role.login
            else sql.SQL("NOLOGIN")
        )
        verb = sql.SQL("ALTER" if exists else "CREATE")
        admin.execute(sql.SQL("{} ROLE {} {}").format(verb, sql.Identifier(role.name), options))
    for role in ROLES:
        for other in role.may_become:
            admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(other), sql.Identifier(role.name)))


def make_database(admin: psycopg.Connection, *, name: str) -> bool:
    """Make the database if it is missing, owned by the owner role. True if it was made."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name), sql.Identifier(OWNER)
        )
    )
    return True


def prepare_database(inside: psycopg.Connection) -> None:
    """Make the schemas and extensions inside the database, and close what PostgreSQL leaves open to everyone."""
    name = inside.info.dbname
    run = inside.execute
    run(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    run(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    for schema, owner in (("guard", GUARD), ("door", DOOR)):
        run(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(
                sql.Identifier(schema), sql.Identifier(owner)
            )
        )
    for role in ROLES:
        who = sql.Identifier(role.name)
        run(sql.SQL("GRANT USAGE ON SCHEMA public, guard TO {}").format(who))
        if role.login:
            run(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), who))
    run(sql.SQL("GRANT USAGE ON SCHEMA door TO {}, {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
    for extension in EXTENSIONS:
        run(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension)))


def keep_context_key(inside: psycopg.Connection, *, key: bytes) -> None:
    """Give the database the key that signs contexts; `inside` is a superuser's connection to it."""
    inside.execute(
        "INSERT INTO guard.context_key (id, key) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET key = excluded.key",
        [key],
    )


def grant_plumbing(owner: psycopg.Connection) -> None:
    """Let the runtime role use the tables of the libraries; run as the owner after migrating."""
    tables = [
        row[0]
        for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    ]
    for table in tables:
        if table.startswith(PLUMBING_PREFIXES):
            owner.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(
                    sql.Identifier(table), sql.Identifier(APP)
                )
            )
        elif table in READ_ONLY_PLUMBING:
            owner.execute(
                sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(table), sql.Identifier(APP))
            )
    sequences = owner.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
    for (sequence,) in sequences:
        if sequence.startswith((*PLUMBING_PREFIXES, "django_session")):
            owner.execute(
                sql.SQL("GRANT USAGE, SELECT ON SEQUENCE {} TO {}").format(
                    sql.Identifier(sequence), sql.Identifier(APP)
                )
            )
