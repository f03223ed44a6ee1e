"""What the sweeps ask of the live catalogue. Each gives what is wrong, so that a sweep is `== []`."""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.db.models import Model

from wenlock.security.roles import ROLES

Connection = psycopg.Connection[Any]

# Columns that hold somebody's id without a foreign key, since their tables stand below the people they name.
PERSON_COLUMNS = ("person_id", "other_id")


def ours() -> list[type[Model]]:
    """Every model of ours that has a table, in the order of the tables' names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("wenlock.")
    ]
    return sorted((model for model in found if model._meta.managed), key=lambda model: model._meta.db_table)


def tables() -> list[str]:
    return [model._meta.db_table for model in ours()]


def person_columns(connection: Connection) -> list[tuple[str, str]]:
    """Every (table, column) of ours that leads to a person, by foreign key or by name."""
    return rows(
        connection,
        """SELECT DISTINCT c.relname::text, a.attname::text
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
           WHERE c.relname = ANY (%s) AND a.attnum > 0 AND NOT a.attisdropped
             AND (f.confrelid = 'people_person'::regclass OR a.attname = ANY (%s)) ORDER BY 1, 2""",
        tables(),
        list(PERSON_COLUMNS),
    )


def not_forced(connection: Connection, names: list[str]) -> list[str]:
    """Tables whose row security is not both on and forced on the owner too."""
    found = rows(
        connection,
        "SELECT relname::text FROM pg_class WHERE relname = ANY (%s) AND relrowsecurity AND "
        "relforcerowsecurity",
        names,
    )
    return sorted(set(names) - {name for (name,) in found})


def views_that_bypass(connection: Connection) -> list[str]:
    """Views that read as their owner, past the row security of whoever asks, and views that keep rows."""
    return flat(
        connection,
        """SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
             AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}')
                  && '{security_invoker=true,security_invoker=on,security_invoker=1}')
           ORDER BY 1""",
    )


def owned_by(connection: Connection, role: str) -> list[str]:
    """Whatever a role owns in this database: tables, functions, schemas, types."""
    return flat(
        connection,
        """SELECT pg_describe_object(classid, objid, objsubid) FROM pg_shdepend
           WHERE refobjid = %s::regrole AND deptype = 'o'
             AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
           ORDER BY 1""",
        role,
    )


def attributes(connection: Connection, role: str) -> list[str]:
    """The dangerous attributes and memberships a role has."""
    return flat(
        connection,
        """SELECT word FROM pg_roles, LATERAL (VALUES
               ('superuser', rolsuper), ('bypasses row security', rolbypassrls),
               ('creates roles', rolcreaterole), ('creates databases', rolcreatedb),
               ('replicates', rolreplication)) a (word, has)
           WHERE rolname = %s AND has
           UNION ALL SELECT 'is a member of ' || roleid::regrole FROM pg_auth_members
           WHERE member = %s::regrole
           ORDER BY 1""",
        role,
        role,
    )


def may_create_in(connection: Connection, role: str) -> list[str]:
    """The schemas, and the database, in which a role may make things."""
    return flat(
        connection,
        """SELECT nspname::text FROM pg_namespace WHERE has_schema_privilege(%s, oid, 'CREATE')
           UNION ALL SELECT 'the database' WHERE has_database_privilege(%s, current_database(), 'CREATE')
           UNION ALL SELECT 'temporary tables' WHERE has_database_privilege(%s, current_database(), 'TEMP')
           ORDER BY 1""",
        role,
        role,
        role,
    )


def privileged(connection: Connection, role: str, privilege: str, names: list[str]) -> list[str]:
    """The tables, of those named, on which a role holds a privilege."""
    return flat(
        connection,
        """SELECT relname::text FROM pg_class
           WHERE relname = ANY (%s) AND has_table_privilege(%s, oid, %s) ORDER BY 1""",
        names,
        role,
        privilege,
    )


def open_functions(connection: Connection) -> set[str]:
    """Functions of ours, other than triggers, that every role may call: `guard.may(text)`."""
    return set(
        flat(
            connection,
            """SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE n.nspname IN ('guard', 'door') AND p.prorettype <> 'trigger'::regtype
                 AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                             WHERE g.grantee = 0 AND g.privilege_type = 'EXECUTE')""",
        )
    )


def definers_without_a_path(connection: Connection) -> list[str]:
    """SECURITY DEFINER functions that would look names up wherever their caller says."""
    return flat(
        connection,
        """SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND NOT coalesce(p.proconfig, '{}') && ARRAY['search_path=pg_catalog', 'search_path=""']
           ORDER BY 1""",
    )


def misnamed(connection: Connection) -> list[str]:
    """Constraints, triggers and policies of ours whose name does not begin with their table's.

    Foreign keys and unique indexes of single columns are named by Django, in as many letters as it allows
    itself.
    """
    return flat(
        connection,
        """SELECT name FROM (
               SELECT conrelid tab, conname AS name FROM pg_constraint WHERE contype IN ('c', 'u', 'x', 'p')
               UNION ALL SELECT tgrelid, tgname FROM pg_trigger WHERE NOT tgisinternal
               UNION ALL SELECT polrelid, polname FROM pg_policy) named
           JOIN pg_class ON pg_class.oid = tab
           WHERE relname = ANY (%s) AND NOT starts_with(name, relname || '_') ORDER BY 1""",
        tables(),
    )


def keys_without_an_index(connection: Connection) -> list[str]:
    """Columns that lead elsewhere, or to a person, and begin no index."""
    return flat(
        connection,
        """SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE c.relname = ANY (%s) AND a.attnum > 0 AND NOT a.attisdropped
             AND (a.attname = ANY (%s) OR EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = c.oid
                                                  AND f.contype = 'f' AND f.conkey[1] = a.attnum))
             AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum)
           ORDER BY 1""",
        tables(),
        list(PERSON_COLUMNS),
    )


def columns(model: type[Model]) -> set[str]:
    """The columns of a model's table."""
    return {field.column for field in model._meta.concrete_fields}


def logins() -> Iterator[str]:
    """The roles that run something of ours and may log in, the owner of the tables apart."""
    yield from (role.name for role in ROLES if role.login and role.name != "wenlock_owner")


def rows(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(query, values or None).fetchall()


def flat(connection: Connection, query: str, *values: object) -> list[str]:
    return [row[0] for row in rows(connection, query, *values)]
