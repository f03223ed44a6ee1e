"""The database's catalogue, read once for a proof: what stands, is switched on, and is granted to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

POLICIES = "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"
FORCED = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND relrowsecurity AND relforcerowsecurity
"""
TRIGGERS = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = 'public'::regnamespace
"""
CONSTRAINTS = """
    SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.convalidated AND c.relnamespace = 'public'::regnamespace
    UNION SELECT c.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class c ON c.oid = x.indrelid WHERE x.indisunique AND x.indisvalid
    AND c.relnamespace = 'public'::regnamespace
"""
REFERENCES = """
    SELECT c.relname, a.attname, f.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_class f ON f.oid = k.confrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.convalidated AND c.relnamespace = 'public'::regnamespace
"""
FILLED = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attnotnull AND a.attnum > 0 AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
# Whole-table privileges, and those on columns, of our roles and of everyone (grantee 0).
GRANTS = """
    SELECT c.relname, coalesce(g.rolname, 'PUBLIC'), x.privilege_type, ''
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) x LEFT JOIN pg_roles g ON g.oid = x.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
    UNION ALL
    SELECT c.relname, coalesce(g.rolname, 'PUBLIC'), x.privilege_type, a.attname
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid CROSS JOIN LATERAL aclexplode(a.attacl) x
    LEFT JOIN pg_roles g ON g.oid = x.grantee WHERE c.relnamespace = 'public'::regnamespace
"""
COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
FUNCTIONS = """
    SELECT n.nspname || '.' || p.proname, r.rolname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = p.proowner WHERE n.nspname IN ('guard', 'door')
"""


@dataclass(frozen=True)
class Catalogue:
    """Sets of what stands now. `grants` holds (table, role, privilege, column or '')."""

    policies: frozenset[tuple[str, str]]
    forced: frozenset[str]
    triggers: frozenset[tuple[str, str]]
    constraints: frozenset[tuple[str, str]]
    references: frozenset[tuple[str, str, str]]
    filled: frozenset[tuple[str, str]]
    grants: frozenset[tuple[str, str, str, str]]
    columns: frozenset[tuple[str, str]]
    functions: frozenset[tuple[str, str]]

    @classmethod
    def read(cls, connection: psycopg.Connection[Any]) -> Catalogue:
        """The catalogue as this transaction sees it."""

        def rows(query: str) -> frozenset[Any]:
            return frozenset(tuple(row) for row in connection.execute(query).fetchall())

        return cls(
            policies=rows(POLICIES),
            forced=frozenset(name for (name,) in rows(FORCED)),
            triggers=rows(TRIGGERS),
            constraints=rows(CONSTRAINTS),
            references=rows(REFERENCES),
            filled=rows(FILLED),
            grants=rows(GRANTS),
            columns=rows(COLUMNS),
            functions=rows(FUNCTIONS),
        )
