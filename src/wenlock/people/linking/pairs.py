"""The pairs of records likely to be one person's, with how likely, and why."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import duckdb
from splink import DuckDBAPI, Linker

from wenlock.people.linking.settings import COMPARED, ENOUGH, PROPOSED_FROM, reasons, settings
from wenlock.people.linking.table import Told, table

SEED = 1969  # the same records give the same pairs
MEMORY = "2GB"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the smaller key first, the probability that they are one person's, and why."""

    person: UUID
    other: UUID
    probability: float
    reasons: tuple[str, ...]


def link(told: Sequence[Told], *, on: date, least: float = PROPOSED_FROM) -> list[Pair]:
    """The pairs among the records at least so likely, the likeliest first. Nothing is read or written elsewhere.

    No name is logged, and the database used is in memory alone.
    """
    if len(told) < 2:
        return []
    with duckdb.connect(":memory:", config={"memory_limit": MEMORY, "temp_directory": ""}) as database:
        api = DuckDBAPI(database)
        linker = Linker(
            api.register(table(told, on=on)),
            settings(len(told)),
            log_level=logging.ERROR,
            validate_settings=False,
        )
        if len(told) >= ENOUGH:
            linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
        found = linker.inference.predict(threshold_match_probability=least).as_record_list()
    pairs = [_pair(row) for row in found]
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.person, pair.other))


def _pair(row: dict[str, object]) -> Pair:
    first, second = sorted((UUID(str(row["id_l"])), UUID(str(row["id_r"]))))
    grades = {one.name: int(str(row[f"gamma_{one.name}"])) for one in COMPARED}
    return Pair(first, second, float(str(row["match_probability"])), reasons(grades))
