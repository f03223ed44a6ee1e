"""How alike two records must be: what is compared, level by level, and how often one person's records agree so.

Each level has `agree`, the share of pairs that are one person's and fall in it (the m of Fellegi and Sunter, "A theory for
record linkage", Journal of the American Statistical Association 64, 1969), and `by_chance`, the share of strangers' (the u).
The second is counted in the records themselves where there are enough of them to count in. The shares are our own judgement of how council records go wrong (mark K): a person decides on every
pair, so that a share that is wrong changes the order of a list and no child's record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as levels
from splink import SettingsCreator, block_on
from splink.comparison_library import CustomComparison

# One record in so many is of somebody recorded already: our own judgement (mark K).
ONE_IN = 50
ENOUGH = 1000  # records to count chance in: among fewer, one duplicate would look like chance
PROPOSED_FROM = 0.9  # the probability from which a pair is worth somebody's time


@dataclass(frozen=True, slots=True)
class Level:
    """One way two records agree: the test, the shares of one person's pairs and of strangers' that do, and how it is told."""

    test: Any
    agree: float
    by_chance: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact compared: its columns' blanks are no evidence; the levels are tried from the closest."""

    name: str
    levels: tuple[Level, ...]

    @property
    def blank(self) -> str:
        return f"{self.name}_l IS NULL OR {self.name}_r IS NULL"


def _sql(condition: str) -> Any:
    return levels.CustomLevel(condition)


COMPARED = (
    Compared(
        "given",
        (
            Level(levels.ExactMatchLevel("given"), 0.72, 0.01, "Same given name"),
            Level(levels.ArrayIntersectLevel("forms"), 0.10, 0.01, "One given name is a form of the other"),
            Level(levels.JaroWinklerLevel("given", 0.88), 0.13, 0.02, "Given names are spelt nearly alike"),
            Level(levels.ElseLevel(), 0.05, 0.96),
        ),
    ),
    Compared(
        "family",
        (
            Level(
                levels.ExactMatchLevel("family", term_frequency_adjustments=True),
                0.80,
                0.01,
                "Same family name",
            ),
            Level(levels.JaroWinklerLevel("family", 0.88), 0.10, 0.01, "Family names are spelt nearly alike"),
            Level(
                levels.ArrayIntersectLevel("families"),
                0.05,
                0.005,
                "A family name of one is a former name of the other",
            ),
            Level(levels.ElseLevel(), 0.05, 0.975),
        ),
    ),
    Compared(
        "born",
        (
            Level(levels.ExactMatchLevel("born"), 0.85, 0.0003, "Same date of birth"),
            Level(
                _sql("born_l = swapped_r OR swapped_l = born_r"),
                0.04,
                0.00003,
                "Day and month of birth change places",
            ),
            Level(
                _sql("levenshtein(born_l, born_r) = 1"), 0.07, 0.003, "Dates of birth differ in one figure"
            ),
            Level(levels.ElseLevel(), 0.04, 0.99667),
        ),
    ),
    Compared(
        "postcode",
        (
            Level(levels.ExactMatchLevel("postcode"), 0.60, 0.002, "Same postcode"),
            Level(
                _sql("split_part(postcode_l, ' ', 1) = split_part(postcode_r, ' ', 1)"),
                0.20,
                0.1,
                "Same part of the county",
            ),
            Level(levels.ElseLevel(), 0.20, 0.898),
        ),
    ),
    Compared("sex", (Level(levels.ExactMatchLevel("sex"), 0.98, 0.5), Level(levels.ElseLevel(), 0.02, 0.5))),
    Compared(
        "numbers",
        (
            Level(levels.ArrayIntersectLevel("numbers"), 0.40, 0.000001, "Known by the same number"),
            Level(levels.ElseLevel(), 0.60, 0.999999),
        ),
    ),
)
# Only pairs that agree in one of these ways are compared at all. Each is selective: a birth alone would pair half a school.
TRIED = (
    ("born", "substr(given, 1, 1)"),
    ("born", "family"),
    ("given", "family"),
    ("postcode", "given"),
    ("swapped", "family"),
    ("family", "substr(given, 1, 2)", "substr(born, 1, 4)"),
)


def settings(records: int) -> SettingsCreator:
    """The whole comparison, for so many records."""
    pairs = max(records * (records - 1) / 2, 1)
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=list(_comparisons()),
        blocking_rules_to_generate_predictions=[
            *(block_on(*columns) for columns in TRIED),
            block_on("numbers", arrays_to_explode=["numbers"]),
        ],
        probability_two_random_records_match=min(records / ONE_IN / pairs, 0.5),
        retain_matching_columns=True,  # the level each fact reached is kept with them
        retain_intermediate_calculation_columns=False,
    )


def reasons(grades: dict[str, int]) -> tuple[str, ...]:
    """Why a pair was proposed, in words: for each fact the level it reached, counted down to 0 for none."""
    told = (
        one.levels[len(one.levels) - 1 - grades[one.name]].says for one in COMPARED if grades[one.name] >= 0
    )
    return tuple(says for says in told if says)


def _comparisons() -> Iterable[CustomComparison]:
    for one in COMPARED:
        tried = [
            level.test.configure(m_probability=level.agree, u_probability=level.by_chance)
            for level in one.levels
        ]
        blank = levels.CustomLevel(one.blank).configure(is_null_level=True)
        yield CustomComparison([blank, *tried], output_column_name=one.name)
