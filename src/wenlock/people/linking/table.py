"""Each record as it is compared: one row, folded, with nothing of a protected address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pyarrow as pa
from django.db import connection

from wenlock.people.folding import folded
from wenlock.people.nicknames import forms_of

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("given", pa.string()),
        ("forms", pa.list_(pa.string())),
        ("family", pa.string()),
        ("families", pa.list_(pa.string())),
        ("born", pa.string()),
        ("swapped", pa.string()),
        ("postcode", pa.string()),
        ("sex", pa.string()),
        ("numbers", pa.list_(pa.string())),
    ]
)

# Asked in somebody's name, so it gives the records open to them. A number the council gives is one record's by its nature.
RECORDS = """
    SELECT p.id, n.given, n.family, n.families, p.born_on, p.sex, h.postcode, i.numbers
    FROM people_person p
    JOIN LATERAL (SELECT (array_agg(m.given ORDER BY m.kind <> 'legal', m.until_on IS NOT NULL, m.position))[1] AS given,
                         (array_agg(m.family ORDER BY m.kind <> 'legal', m.until_on IS NOT NULL, m.position))[1] AS family,
                         array_agg(m.family) AS families
                  FROM people_name m WHERE m.person_id = p.id HAVING count(*) > 0) n ON true
    LEFT JOIN LATERAL (SELECT a.postcode FROM people_residence r JOIN people_address a ON a.id = r.address_id
                       WHERE r.person_id = p.id AND NOT a.confidential AND a.postcode <> ''
                       ORDER BY r.until_on IS NOT NULL, r.from_on DESC NULLS LAST LIMIT 1) h ON true
    LEFT JOIN LATERAL (SELECT array_agg(d.scheme || ' ' || d.value) AS numbers FROM people_identifier d
                       WHERE d.person_id = p.id AND d.scheme <> 'LA-child-id') i ON true
    WHERE p.merged_into_id IS NULL AND NOT p.professional ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells that may be compared. `families` are the family names somebody has or had."""

    id: UUID
    given: str
    family: str
    families: tuple[str, ...] = ()
    born_on: date | None = None
    sex: str = ""
    postcode: str = ""
    numbers: tuple[str, ...] = ()


def records() -> list[Told]:
    """Every record with a name that whoever acts may see, those merged away and professionals apart."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS)
        return [
            Told(key, given, family, tuple(families), born, sex, postcode or "", tuple(numbers or ()))
            for key, given, family, families, born, sex, postcode, numbers in cursor.fetchall()
        ]


def table(told: Iterable[Told], *, on: date) -> pa.Table:
    """The records as columns to compare; `on` is the day that says which names stand for one another."""
    return pa.Table.from_pylist([_row(one, on) for one in told], schema=SCHEMA)


def _row(told: Told, on: date) -> dict[str, object]:
    given = (folded(told.given).split() or [""])[0]
    family = folded(told.family)
    born = told.born_on
    return {
        "id": str(told.id),
        "given": given or None,
        "forms": [given, *forms_of(given, on=on)] if given else None,
        "family": family or None,
        "families": sorted({folded(one) for one in told.families} | {family}) if family else None,
        "born": born.isoformat() if born else None,
        "swapped": f"{born:%Y-%d-%m}" if born and born.day <= 12 else None,
        "postcode": told.postcode or None,
        "sex": told.sex if told.sex in ("F", "M") else None,
        "numbers": list(told.numbers) or None,
    }
