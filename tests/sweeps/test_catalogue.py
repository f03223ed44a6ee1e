"""Sweeps over the live catalogue and every model: what is added tomorrow is held to the same."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import psycopg
import pytest
from django.apps import apps

from tests.sweeps import catalogue
from tests.sweeps.catalogue import Connection, ours, tables
from wenlock.base.constraints import APP, RETURNS, SEALER
from wenlock.base.held import REGISTRY
from wenlock.base.server import Server
from wenlock.law.keeping import BY_CODE
from wenlock.security.roles import ROLES
from wenlock.web.database import DATABASE

# Every role may ask these: they tell whoever asks of themself, of the notice or of nothing, and policies call
# them as the role that reads. Whatever else is added to the schemas `guard` and `door` is closed until it is
# granted.
OPEN_TO_ALL = {
    "door.refuse_v1(text,text)",
    "guard.actor()",
    "guard.audit_epoch()",
    "guard.capabilities()",
    "guard.categories_allowed_v1()",
    "guard.changed_columns(jsonb,jsonb)",
    "guard.conflicts()",
    "guard.context_v1()",
    "guard.digest_of(jsonb)",
    "guard.documents_in_conflict()",
    "guard.inverse_of_v1(text)",
    "guard.level_v1(text)",
    "guard.may(text)",
    "guard.notes_in_conflict()",
    "guard.notice_in_force(date)",
    "guard.people(text)",
    "guard.purpose()",
    "guard.restricted_to_others()",
    "guard.revealed_addresses()",
    "guard.roles()",
    "guard.teams()",
    "guard.today()",
    "guard.whole_service(text)",
}

# Tables that are about somebody and that the site must read before it knows who asks.
BEFORE_ANYBODY = {"security_actor": "sign-in finds the account by its e-mail address"}


@pytest.fixture
def owner(server: Server, django_db_setup: None) -> Iterator[Connection]:
    """A superuser's look at the whole catalogue; nothing done here is kept."""
    with psycopg.connect(server.dsn(dbname=DATABASE)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture(scope="module", autouse=True)
def declarations() -> None:
    """Every context's `held`, loaded."""
    for app in apps.get_app_configs():
        if app.name.startswith("wenlock.") and find_spec(f"{app.name}.held"):
            import_module(f"{app.name}.held")


def test_every_table_with_a_person_in_it_has_forced_row_security(owner: Connection) -> None:
    with_a_person = {table for table, _ in catalogue.person_columns(owner)}
    assert len(with_a_person) > 25  # the sweep sees what it sweeps
    assert catalogue.not_forced(owner, sorted(with_a_person)) == []


def test_every_table_that_says_it_is_about_somebody_has_forced_row_security(owner: Connection) -> None:
    about = {
        apps.get_model(held.model)._meta.db_table for held in REGISTRY.values() if held.about != "nobody"
    }
    assert catalogue.not_forced(owner, sorted(about)) == sorted(BEFORE_ANYBODY)


def test_a_table_whose_row_security_is_not_forced_is_caught(owner: Connection) -> None:
    owner.execute("ALTER TABLE people_name NO FORCE ROW LEVEL SECURITY")
    assert catalogue.not_forced(owner, ["people_name", "people_person"]) == ["people_name"]


def test_no_view_reads_past_row_security(owner: Connection) -> None:
    assert catalogue.views_that_bypass(owner) == []


def test_a_view_that_reads_past_row_security_is_caught(owner: Connection) -> None:
    owner.execute("SET LOCAL ROLE wenlock_owner")
    owner.execute("CREATE VIEW children AS SELECT * FROM people_person")
    owner.execute(
        "CREATE VIEW children_denied WITH (security_invoker = false) AS SELECT * FROM people_person"
    )
    owner.execute("CREATE VIEW children_seen WITH (security_invoker = true) AS SELECT * FROM people_person")
    owner.execute("CREATE MATERIALIZED VIEW children_kept AS SELECT * FROM people_person")
    assert catalogue.views_that_bypass(owner) == ["children", "children_denied", "children_kept"]


def test_no_role_that_logs_in_to_work_owns_anything_or_may_make_anything(owner: Connection) -> None:
    for role in catalogue.logins():
        assert catalogue.owned_by(owner, role) == [], role
        assert catalogue.may_create_in(owner, role) == [], role


def test_no_role_of_ours_has_a_dangerous_attribute(owner: Connection) -> None:
    for role in ROLES:
        declared = sorted(f"is a member of {other}" for other in role.may_become)
        assert catalogue.attributes(owner, role.name) == declared, role.name
    # Whoever serves the public, reads for returns or seals becomes nobody else.
    assert [role.name for role in ROLES if role.login and not role.may_become] == [APP, RETURNS, SEALER]


def test_the_sweep_of_roles_sees_what_it_sweeps(owner: Connection) -> None:
    owner.execute("ALTER TABLE people_name OWNER TO wenlock_app")
    owner.execute("GRANT CREATE ON SCHEMA guard TO wenlock_app")
    owner.execute("ALTER ROLE wenlock_app BYPASSRLS")
    assert catalogue.owned_by(owner, "wenlock_app")
    assert catalogue.may_create_in(owner, "wenlock_app") == ["guard"]
    assert catalogue.attributes(owner, "wenlock_app") == ["bypasses row security"]


@pytest.mark.parametrize("privilege", ["DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"])
def test_no_role_but_the_owner_may_empty_or_hang_anything_on_a_table_of_ours(
    owner: Connection, privilege: str
) -> None:
    for role in [*catalogue.logins(), "wenlock_guard", "wenlock_door"]:
        assert catalogue.privileged(owner, role, privilege, tables()) == [], role


def test_the_functions_anybody_may_call_are_those_listed(owner: Connection) -> None:
    assert catalogue.open_functions(owner) == OPEN_TO_ALL


def test_every_function_that_acts_as_its_owner_fixes_where_it_looks(owner: Connection) -> None:
    assert catalogue.definers_without_a_path(owner) == []


def test_a_function_that_looks_wherever_its_caller_says_is_caught(owner: Connection) -> None:
    owner.execute("CREATE FUNCTION guard.loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
    owner.execute("ALTER FUNCTION guard.people(text) SET search_path = public")
    assert catalogue.definers_without_a_path(owner) == ["guard.loose()", "guard.people(text)"]


def test_every_constraint_trigger_and_policy_is_named_after_its_table(owner: Connection) -> None:
    assert catalogue.misnamed(owner) == []


def test_every_column_that_leads_elsewhere_begins_an_index(owner: Connection) -> None:
    assert catalogue.keys_without_an_index(owner) == []


def test_every_table_in_the_database_is_a_models_or_a_librarys(owner: Connection) -> None:
    libraries = ("django_", "auth_", "account_", "socialaccount_", "mfa_", "usersessions_", "procrastinate_")
    found = catalogue.flat(
        owner,
        "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = "
        "'public'::regnamespace",
    )
    assert sorted(name for name in found if not name.startswith(libraries)) == tables()


def test_every_column_of_every_model_is_classified() -> None:
    labels = {model._meta.label: model for model in ours()}
    assert set(REGISTRY) == set(labels)
    differing = {
        label: sorted(catalogue.columns(model) ^ REGISTRY[label].columns)
        for label, model in labels.items()
        if catalogue.columns(model) != REGISTRY[label].columns
    }
    assert differing == {}


def test_every_class_of_record_names_a_term_of_keeping_and_a_statement() -> None:
    assert {held.model: held.kept for held in REGISTRY.values() if held.kept not in BY_CODE} == {}
    assert [held.model for held in REGISTRY.values() if not held.statements] == []


def test_every_category_is_one_the_notice_names(owner: Connection) -> None:
    named = set(catalogue.flat(owner, "SELECT code FROM notice_category"))
    used = {
        category for held in REGISTRY.values() for _, category in [("", held.category), *held.categories()]
    }
    assert used - named == set()
