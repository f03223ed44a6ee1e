"""Publishing the notice: versions that nobody can change, one in force at a time, each from its own day."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import Error, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.portal_examples import changed, compiled, page, published, seen_by_the_site, text
from wenlock.base.server import Server
from wenlock.notice import commands, rendering
from wenlock.notice import published as versions
from wenlock.notice.models import Purpose, Statement, Version
from wenlock.notice.publishing import PublishedOutOfOrder
from wenlock.notice.queries import NoNoticeInForce
from wenlock.notice.restoring import notice_of
from wenlock.security.context import signed_context
from wenlock.web.database import DATABASE

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=9)
FRIENDS = ('says = "Friends"', 'says = "Friends and neighbours"')


def first() -> Version:
    return Version.objects.using("owner").get(number=1)


def test_the_first_version_is_the_authoritys_notice() -> None:
    assert first().sha256 == compiled().sha256
    assert (first().authority, first().in_force_from, first().in_force_until) == ("shropshire", TODAY, None)


@pytest.mark.parametrize(
    "change",
    [
        {"controller": "Another Council"},
        {"in_force_from": TODAY - timedelta(days=1)},
        {"published_by": "Nobody"},
        {"in_force_until": LATER, "controller": "Another Council"},
    ],
    ids=lambda change: "+".join(change),
)
def test_a_version_is_not_changed_even_by_its_owner(change: dict[str, Any]) -> None:
    with pytest.raises(Error, match="never changed"), transaction.atomic(using="owner"):
        Version.objects.using("owner").filter(number=1).update(**change)


def test_a_version_is_not_deleted_even_by_its_owner() -> None:
    with pytest.raises(Error, match="never changed"), transaction.atomic(using="owner"):
        Version.objects.using("owner").filter(number=1)._raw_delete("owner")


@pytest.mark.parametrize("model", [Statement, Purpose])
def test_what_a_version_declares_is_not_changed_or_deleted_even_by_its_owner(model: Any) -> None:
    rows = model.objects.using("owner").filter(version=first())
    with pytest.raises(Error, match="kept as it was written"), transaction.atomic(using="owner"):
        rows.update(code="N0")
    with pytest.raises(Error, match="kept as it was written"), transaction.atomic(using="owner"):
        rows._raw_delete("owner")


def test_the_end_of_a_version_is_written_once(tmp_path: Path) -> None:
    published(changed(tmp_path, FRIENDS), on=LATER)
    with pytest.raises(Error, match="never changed"), transaction.atomic(using="owner"):
        Version.objects.using("owner").filter(number=1).update(in_force_until=LATER + timedelta(days=1))


def test_the_site_itself_may_not_write_a_version() -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        Version.objects.filter(number=1).update(in_force_until=LATER)


def test_no_two_versions_are_in_force_on_one_day() -> None:
    one = first()
    one.id, one.number, one.in_force_from = uuid4(), 2, TODAY + timedelta(days=3)
    with (
        pytest.raises(IntegrityError, match="notice_version_one_in_force"),
        transaction.atomic(using="owner"),
    ):
        one.save(using="owner", force_insert=True)


def test_a_version_whose_hash_is_not_of_its_text_is_refused() -> None:
    one = first()
    one.id, one.number, one.sha256 = uuid4(), 2, "0" * 64
    one.in_force_from, one.in_force_until = date(2020, 1, 1), date(2020, 2, 1)
    with (
        pytest.raises(IntegrityError, match="notice_version_hash_is_of_its_text"),
        transaction.atomic(using="owner"),
    ):
        one.save(using="owner", force_insert=True)


def test_the_same_text_published_again_is_the_same_version() -> None:
    again = published(compiled(), on=LATER)
    assert again.pk == first().pk
    assert Version.objects.using("owner").count() == 1
    assert first().in_force_until is None


def test_a_version_out_of_order_is_refused_and_ends_nothing(tmp_path: Path) -> None:
    notice = changed(tmp_path, FRIENDS)
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(PublishedOutOfOrder):
            published(notice, on=day)
    assert Version.objects.using("owner").count() == 1
    assert first().in_force_until is None


def test_a_version_to_come_takes_over_on_its_day_by_the_date_alone(tmp_path: Path) -> None:
    published(changed(tmp_path, FRIENDS), on=LATER)
    with seen_by_the_site():
        numbers = [versions.in_force(on=TODAY + timedelta(days=days)).number for days in (0, 8, 9, 400)]
        with pytest.raises(NoNoticeInForce):
            versions.in_force(on=TODAY - timedelta(days=1))
    assert numbers == [1, 1, 2, 2]
    assert first().in_force_until == LATER


def test_a_version_that_ended_with_none_after_it_leaves_no_notice_in_force() -> None:
    one = first()
    one.id, one.number = uuid4(), 2
    one.in_force_from, one.in_force_until = date(2020, 1, 1), date(2020, 2, 1)
    one.save(using="owner", force_insert=True)
    with seen_by_the_site():
        assert versions.in_force(on=date(2020, 1, 31)).number == 2
        with pytest.raises(NoNoticeInForce):
            versions.in_force(on=date(2020, 2, 1))


def test_the_page_changes_on_the_day(tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    published(changed(tmp_path, FRIENDS), on=LATER)
    with seen_by_the_site():
        before = page(client, "/privacy-notice/")
        monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
        after = page(client, "/privacy-notice/")
    assert "neighbours" not in text(before)
    assert "Friends and neighbours" in text(after)
    assert "Version 2 of the privacy notice" in after.text_content()


def test_another_authority_is_published_and_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    version = published(compiled(authority="marchford"), on=LATER)
    assert (version.number, version.authority) == (2, "marchford")
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
    with seen_by_the_site():
        shown = page(client, "/privacy-notice/")
        complaints = page(client, "/complaints/")
    assert shown.xpath("string(//h1)") == "How Marchford uses information about children and families"
    assert shown.xpath("string(//header)").split()[0] == "Marchford"
    assert "Shropshire" not in text(shown)
    assert "01632 960101" in text(complaints)
    said = Statement.objects.using("owner").filter(version=version)
    assert said.count() == 96


def test_the_hash_of_the_page_is_the_same_from_the_database(tmp_path: Path) -> None:
    kept = rendering.page_hash(first())
    assert kept == rendering.rendered(compiled().notice).sha256
    assert notice_of(bytes(first().canonical)) == compiled().notice
    later = published(changed(tmp_path, FRIENDS), on=LATER)
    assert rendering.page_hash(later) != kept == rendering.page_hash(first())


@pytest.fixture
def psql(server: Server, the: Cast) -> Iterator[psycopg.Connection[Any]]:
    """A connection that may become any role, and whose work is undone."""
    with psycopg.connect(server.dsn(dbname=DATABASE)) as connection:
        yield connection
        connection.rollback()


def record_a_source(psql: psycopg.Connection[Any], the: Cast, version: Any) -> None:
    """Try, as the site, to record how information came, under a version of the notice."""
    token = signed_context(
        actor=the.amara.pk,
        purpose=PURPOSE,
        request_id=uuid4(),
        expires_at=int(time.time()) + 60,
        key=settings.CONTEXT_KEY,
    )
    psql.execute("SET LOCAL ROLE wenlock_app")
    psql.execute("SELECT set_config('wenlock.context', %s, true)", [token])
    psql.execute(
        """
        INSERT INTO notice_provenance (id, version_id, channel_id, source_id, purpose_id, source_name,
            handling, medium, received_at, recorded_by_id, recorded_at, place, file_name, file_sha256)
        SELECT %(id)s, v.id, c.id, s.id, p.id, '', s.handling, '', now(), %(actor)s, now(), '', '', ''
        FROM notice_version v JOIN notice_channel c ON c.version_id = v.id AND c.code = 'telephone'
        JOIN notice_source s ON s.version_id = v.id AND s.code = 'family'
        JOIN notice_purpose p ON p.version_id = v.id AND p.code = %(purpose)s WHERE v.id = %(version)s
        """,
        {"id": uuid4(), "version": version, "actor": the.amara.pk, "purpose": PURPOSE},
    )


def ended_version(psql: psycopg.Connection[Any]) -> Any:
    """A version like the first, ended long ago, with the rows a provenance names."""
    ended = uuid4()
    psql.execute("SET LOCAL ROLE wenlock_owner")
    psql.execute(
        """
        INSERT INTO notice_version SELECT (jsonb_populate_record(v, jsonb_build_object('id', %s::uuid,
            'number', 99, 'in_force_from', '2020-01-01', 'in_force_until', '2020-02-01'))).*
        FROM notice_version v WHERE number = 1
        """,
        [ended],
    )
    for table in ("channel", "source", "purpose"):
        psql.execute(
            f"""
            INSERT INTO notice_{table} SELECT (jsonb_populate_record(x,
                jsonb_build_object('id', gen_random_uuid(), 'version_id', %s::uuid))).*
            FROM notice_{table} x JOIN notice_version v ON v.id = x.version_id WHERE number = 1
            """,
            [ended],
        )
    return ended


def test_information_is_recorded_under_the_version_in_force(psql: psycopg.Connection[Any], the: Cast) -> None:
    record_a_source(psql, the, first().pk)


def test_information_is_not_recorded_under_a_version_that_has_ended(
    psql: psycopg.Connection[Any], the: Cast
) -> None:
    ended = ended_version(psql)
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        record_a_source(psql, the, ended)
    assert refused.value.diag.constraint_name == "provenance_names_the_version_in_force"


def test_the_command_checks_a_notice() -> None:
    answer = CliRunner().invoke(commands.notice, ["check", "shropshire"])
    assert answer.exit_code == 0
    assert "96 statements, no faults" in answer.output
    assert "warning: notice.toml:" in answer.output


def test_the_command_prints_every_fault_and_fails(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "authority.toml").write_text("[authority]\n")
    (folder / "notice.toml").write_text("[notice]\nsince = 'soon'\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "AUTHORITIES", tmp_path)
        answer = CliRunner().invoke(commands.notice, ["check", "broken"])
    assert answer.exit_code == 1
    assert answer.output.count("fault: ") > 3
    assert "notice.toml:2" in answer.output


def test_the_command_names_the_authorities_there_are() -> None:
    answer = CliRunner().invoke(commands.notice, ["check", "nowhere"])
    assert answer.exit_code == 1
    assert "shropshire" in answer.output


def test_the_commands_publish_list_show_and_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(tmp_path, FRIENDS)
    monkeypatch.setattr(settings, "AUTHORITIES", tmp_path)

    def run(*words: str) -> str:
        answer = CliRunner().invoke(commands.notice, words)
        assert answer.exit_code == 0, answer.output
        return answer.output

    with seen_by_the_site():
        assert "Published version 2" in run("publish", "--from", LATER.isoformat(), "--by", "Gwen Price")
        assert "nothing was published" in run("publish", "--from", LATER.isoformat(), "--by", "Gwen Price")
        listed = run("versions").splitlines()
        assert [line.split("  ")[:2] for line in listed] == [["2", "to come"], ["1", "in force"]]
        assert "Friends {+and neighbours+}" in run("compare", "1", "2")
        assert "Friends\n  governs source:friends" in run("show", "N22")
        assert "Friends and neighbours" in run("show", "N22", "--version", "2")
        assert "- Friends\n" in run("words", "--version", "1")


def test_the_command_refuses_a_day_out_of_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(tmp_path, FRIENDS)
    monkeypatch.setattr(settings, "AUTHORITIES", tmp_path)
    answer = CliRunner().invoke(
        commands.notice, ["publish", "--from", TODAY.isoformat(), "--by", "Gwen Price"]
    )
    assert answer.exit_code == 1
    assert "Choose a later day" in answer.output
