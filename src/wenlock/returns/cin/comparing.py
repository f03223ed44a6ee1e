"""Two censuses compared, child by child, in every module, date and code."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from . import schema
from .census import Census, Child
from .codes import SEX_HELD_AS, SEX_RETIRED
from .elements import Element, Kind


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two censuses part. `a` and `b` are what each holds there; None is nothing."""

    child_id: str | None
    path: str
    a: Any
    b: Any


def differences(a: Census | Iterable[Child], b: Census | Iterable[Child]) -> list[Difference]:
    """Every difference between two censuses; none means they say the same of the same children.

    Children are paired by LAchildID, those who share one by their order. Modules are paired by their order in
    the child or episode. Headers, lines and the order of children do not count, nor do retired spellings: sex
    as 1, 2, 0 or 9, and I for what a later census can only call U.
    """
    ours, theirs = _by_id(a), _by_id(b)
    found: list[Difference] = []
    for key in (*ours, *(key for key in theirs if key not in ours)):
        for path, left, right in _between(schema.CHILD, ours.get(key), theirs.get(key), schema.CHILD.name):
            found.append(Difference(key[0], path, left, right))
    return found


def _by_id(census: Census | Iterable[Child]) -> dict[tuple[str | None, int], Child]:
    """Children by LAchildID and the number of children before them who have the same one."""
    children = census.children if isinstance(census, Census) else census
    before: Counter[str | None] = Counter()
    found = {}
    for child in children:
        found[child.child_id, before[child.child_id]] = child
        before[child.child_id] += 1
    return found


def _between(element: Element, a: Any, b: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """The differences between two records that `element` makes."""
    if a == b:
        return
    if a is None or b is None:
        yield path, a, b
        return
    for part in _held_parts(element):
        left, right, here = getattr(a, part.held_in), getattr(b, part.held_in), f"{path}/{part.name}"
        if part.makes:
            for place, (one, other) in enumerate(zip_longest(left, right), start=1):
                yield from _between(part, one, other, f"{here}[{place}]")
        elif _canonical(part, left) != _canonical(part, right):
            yield here, left, right


def _held_parts(element: Element) -> Iterator[Any]:
    """The parts that fill a field of the element's record, also those inside grouping elements, each field
    once."""
    seen: set[str] = set()
    waiting = list(element.parts)
    while waiting:
        part = waiting.pop(0)
        if part.held_in and part.held_in not in seen:
            seen.add(part.held_in)
            yield part
        elif part.kind is None and not part.makes:
            waiting[:0] = part.parts


def _canonical(part: Element, value: Any) -> Any:
    if part.kind is not Kind.SEX:
        return value
    held = SEX_HELD_AS.get(value, value)
    return SEX_RETIRED.get(held, held)
