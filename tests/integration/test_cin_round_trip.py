"""A census brought in and built again says the same of the same children."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.cast import Cast
from tests.integration.cin_stage import a_stage, both, bring_in, built, cin_examples, undone
from wenlock.returns.cin.census import header_for
from wenlock.returns.cin.comparing import differences
from wenlock.returns.cin.reading import read_whole
from wenlock.returns.cin.writing import write_census

__all__ = ["a_stage"]
SAMPLES = sorted(cin_examples.SAMPLES.glob("*.xml"))
HEADER = header_for(
    year=2026,
    authority="893",
    software="Wenlock",
    release="1",
    serial="001",
    made_at=datetime(2026, 4, 20, 9, tzinfo=UTC),
)
SENT_OUTSIDE = {"CIN_Census_2021.xml": 6, "CIN_Census_2024.xml": 7, "fake_CIN_data.xml": 623}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_public_sample_comes_back_whole(stage: Cast, sample: Path, tmp_path: Path) -> None:
    data = sample.read_bytes()
    report = bring_in(data, stage.femi)
    for year in report.years:
        made, census = built(year, stage.femi, tmp_path)
        assert differences(read_whole(io.BytesIO(data)), census) == []
        assert made.respellings == ()
    assert len(made.out_of_rule) == SENT_OUTSIDE[sample.name]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_our_own_files_come_back_whole_in_every_form(stage: Cast, year: int, tmp_path: Path) -> None:
    sex = "<Sex>F</Sex>" if year >= 2025 else "<GenderCurrent>2</GenderCurrent>"
    bring_in(data := cin_examples.full(year, sex), stage.femi)
    made, census = built(year, stage.femi, tmp_path)
    left = {each.path.rpartition("/")[2] for each in differences(read_whole(io.BytesIO(data)), census)}
    retired = {"AssessmentInternalReviewDate"} if year >= 2025 else set()
    assert left == retired
    assert {each.element for each in made.respellings} == retired


def test_what_is_sent_outside_the_rules_is_listed(stage: Cast, tmp_path: Path) -> None:
    long_over = cin_examples.episode("<CINclosureDate>2019-02-01</CINclosureDate>", referred="2018-05-04")
    bring_in(cin_examples.message(cin_examples.child("WEN7", episodes=long_over)), stage.femi)
    made, census = built(2026, stage.femi, tmp_path)
    assert [(each.child_id, each.element, str(each.on)) for each in made.out_of_rule] == [
        ("WEN7", "CINdetails", "2018-05-04")
    ]
    assert len(census.children[0].episodes) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(census=cin_examples.CENSUSES)
def test_any_census_that_can_be_written_comes_back_and_comes_in_again_without_trace(
    stage: Cast, tmp_path: Path, census: object
) -> None:
    plain = cin_examples.without_internal_reviews(census)
    stream = io.BytesIO()
    write_census(stream, header=HEADER, children=plain.children, year=2026)
    with undone():
        read, again = both(2026, stream.getvalue(), stage.femi, tmp_path)
        assert differences(read, again) == []
        assert bring_in(stream.getvalue(), stage.femi).changed_nothing
        # Another file that says the same is another batch, and no more is held than was.
        other = stream.getvalue().replace(b"<Message>", b"<Message>\n", 1)
        report = bring_in(other, stage.femi)
        numbered = all(child.child_id for child in read.children)
        assert not report.again
        assert not numbered or (report.changed_nothing and not report.differences)
