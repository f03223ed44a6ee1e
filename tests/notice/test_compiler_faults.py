"""Every way a notice can be wrong is refused, on its own line, with what to do about it."""

import re
from pathlib import Path

import pytest
from compiler_breaks import BROKEN, MORE_FAULTS, Broken
from compiler_examples import added, changed, copied, faults, line_of


@pytest.mark.parametrize("broken", BROKEN, ids=[b.called.replace(" ", "-") for b in BROKEN])
def test_a_notice_broken_in_one_place_is_refused_there(broken: Broken, tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), broken.old, broken.new, file=broken.file)
    found = faults(folder)
    here = [f for f in found if f.code == broken.code]
    assert len(here) == 1, [str(f) for f in found]
    assert here[0].place.file == broken.file
    assert here[0].place.line == line_of(folder, broken.line, after=broken.after, file=broken.file)
    assert here[0].do.endswith((".", "?", "…"))
    if broken.called not in MORE_FAULTS:
        assert len(found) == 1, [str(f) for f in found]


def test_the_unbroken_notice_has_no_fault(tmp_path: Path) -> None:
    assert faults(copied(tmp_path)) == ()


@pytest.mark.parametrize(
    "key", ["price", "fee", "charge_per_copy", "cost", "consideration", "annual_payment"]
)
def test_a_price_on_a_disclosure_is_refused_and_says_why(key: str, tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), 'return = "cin"', f'return = "cin"\n{key} = 100')
    (fault,) = faults(folder)
    assert fault.code == "price" and "N68" in fault.do
    assert fault.place.line == line_of(folder, f"{key} = 100")


@pytest.mark.parametrize(
    "heading, name",
    [
        ("purpose.direct-marketing", "Offers"),
        ("purpose.offers", "Marketing by post"),
        ("recipient.advertisers", "A friend"),
        ("sharing.market-research", ""),
    ],
)
def test_marketing_is_refused_while_the_notice_forswears_it(heading: str, name: str, tmp_path: Path) -> None:
    rest = {
        "purpose": 'statements = ["N33"]\ngrounds = ["lga1999-3"]',
        "recipient": 'kind = "provider"\nstatement = "N56"',
        "sharing": 'recipient = "nhs"\npurpose = "safeguarding"\n'
        'categories = ["identity"]\nground = "ca1989-47"',
    }[heading.partition(".")[0]]
    folder = added(copied(tmp_path), f"[{heading}]\n" + (f'name = "{name}"\n' if name else "") + rest)
    (fault,) = faults(folder)
    assert (fault.code, "N69" in fault.do) == ("marketing", True)


def test_a_buyer_is_refused_while_the_notice_forswears_sale(tmp_path: Path) -> None:
    folder = added(
        copied(tmp_path), '[recipient.data-broker]\nname = "X"\nkind = "provider"\nstatement = "N56"'
    )
    assert [f.code for f in faults(folder)] == ["sale"]


def test_a_sensitive_category_is_refused_from_the_day_its_policy_document_lapses(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "review_by = 2030-01-01", "review_by = 2026-11-22")
    assert {f.about for f in faults(folder) if f.code == "no-condition-in-force"} == {
        "category.health",
        "category.disability",
        "category.ethnicity",
        "category.criminal-offence",
    }
    assert faults(changed(folder, "review_by = 2026-11-22", "review_by = 2026-11-23")) == ()


def test_consent_is_needed_where_a_purpose_says_so(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), 'grounds = ["consent"]', 'grounds = ["ca1989-17"]')
    found = [f for f in faults(folder) if f.code == "no-consent-ground"]
    assert [f.about for f in found] == ["purpose.early-help"]


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), 'grounds = ["cfa2014-36"]', 'grounds = ["cfa2014-63"]')
    assert "“cfa2014-36”" in faults(folder)[0].do
    folder = changed(folder, 'statement = "N6"', 'statment = "N6"')
    assert any("“statement”" in f.do for f in faults(folder))


def test_all_the_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    one_each = [b for b in BROKEN if b.called not in MORE_FAULTS]
    chosen = [
        b
        for b in one_each
        if b.code in {"age", "price", "unknown-key", "no-such-law", "empty-target", "dangling"}
    ]
    done = []
    for broken in chosen:
        if broken.old in (folder / broken.file).read_text(encoding="utf-8"):
            changed(folder, broken.old, broken.new, file=broken.file)
            done.append(broken)
    assert len(done) >= 10
    told = [f.code for f in faults(folder)]
    assert all(told.count(code) >= sum(b.code == code for b in done) for code in {b.code for b in done})


def test_faults_come_in_the_order_of_the_file_and_name_it(tmp_path: Path) -> None:
    folder = changed(
        changed(copied(tmp_path), "value = 13", "value = 12"), 'law = "CA1989 s.83"', 'law = "CA1989 s.830"'
    )
    found = faults(folder)
    assert [f.code for f in found] == ["no-such-law", "age"]
    assert all(re.match(r"notice\.toml:\d+: [\w.-]+: ", str(f)) for f in found)


def test_a_file_that_is_not_toml_is_refused_on_its_line(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), 'law = "CA1989 s.83"', "law = CA1989 s.83")
    (fault,) = faults(folder)
    assert (fault.code, fault.place.line) == ("syntax", line_of(folder, "law = CA1989 s.83"))


def test_every_statement_headed_twice_is_told(tmp_path: Path) -> None:
    folder = added(copied(tmp_path), '[statement.N5]\nsays = "Again"\n[statement.N6]\nsays = "And again"')
    found = faults(folder)
    assert [(f.code, f.about) for f in found] == [
        ("duplicate", "statement.N5"),
        ("duplicate", "statement.N6"),
    ]
    assert found[0].place.line == line_of(folder, 'says = "Again"') - 1


def test_both_files_are_looked_at_when_one_cannot_be_read(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), 'tier = "county"', "tier = county", file="authority.toml")
    changed(folder, "value = 13", "value = 12")
    assert [f.code for f in faults(folder)] == ["syntax", "age"]


@pytest.mark.parametrize("name", ["authority.toml", "notice.toml"])
def test_a_missing_file_is_refused(name: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / name).unlink()
    assert [(f.code, f.place.file) for f in faults(folder)] == [("missing-file", name)]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "notice.toml").write_bytes("says = “words”".encode("cp1252"))
    assert [f.code for f in faults(folder)] == ["encoding"]


def test_a_class_of_record_must_point_to_a_term_of_keeping(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "retention.toml").write_text("[term.another-record]\n", encoding="utf-8")
    (fault,) = faults(folder)
    assert (fault.code, fault.about) == ("dangling", "retention.childs-record")
    (folder / "retention.toml").write_text("[term.childs-record]\n", encoding="utf-8")
    assert faults(folder) == ()
