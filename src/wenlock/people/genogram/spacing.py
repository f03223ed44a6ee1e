"""Where each person stands from the left: children under their parents, and nobody nearer a neighbour than a column."""

from collections.abc import Mapping, Sequence

from wenlock.people.genogram.unions import BIRTH, PARENTS_ONLY, Unions

COLUMN = 144  # from the middle of one symbol to the middle of the next, in pixels
STEP = 8  # symbols stand on multiples of this, and lines between people half a step off, so none runs along another
SWEEPS = 12


def spaced(rows: Sequence[Sequence[str]], joined: Unions) -> dict[str, int]:
    """The middle of each symbol in pixels, in the rows' order, the leftmost at half a column."""
    at = {key: (place - (len(row) - 1) / 2) * COLUMN for row in rows for place, key in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in reversed(rows) if sweep % 2 else rows:
            at |= apart(row, _wishes(row, at, joined))
    whole = {key: where for row in rows for key, where in _on_steps(row, at).items()}
    left = min(whole.values(), default=0) - COLUMN // 2
    return {key: where - left for key, where in whole.items()}


def apart(row: Sequence[str], wishes: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """The places nearest to those wished, each with its weight, that keep the order and a column between neighbours.

    Least squares under an order: neighbours that would come too near are put together and share their mean.
    """
    blocks: list[list[float]] = []  # [mean, weight, count], the mean less the columns before
    for place, key in enumerate(row):
        wish, weight = wishes[key]
        blocks.append([wish - place * COLUMN, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, weight, count = blocks.pop()
            before = blocks[-1]
            whole = before[1] + weight
            before[0] = (before[0] * before[1] + mean * weight) / whole
            before[1], before[2] = whole, before[2] + count
    means = [block[0] for block in blocks for _ in range(int(block[2]))]
    return {key: mean + place * COLUMN for place, (key, mean) in enumerate(zip(row, means, strict=True))}


def _on_steps(row: Sequence[str], at: Mapping[str, float]) -> dict[str, int]:
    """The row moved on to whole steps, without bringing anybody nearer to a neighbour."""
    return {
        key: round((at[key] - place * COLUMN) / STEP) * STEP + place * COLUMN for place, key in enumerate(row)
    }


def _wishes(row: Sequence[str], at: Mapping[str, float], joined: Unions) -> dict[str, tuple[float, float]]:
    """Where each of a row would stand, and how strongly: under their parents, over their children, by a partner."""
    wishes: dict[str, list[tuple[float, float]]] = {key: [(at[key], 0.2)] for key in row}
    for each in joined.sibships:
        children = [at[child] for child in each.children]
        if not each.parents:
            continue
        shift = _middle([at[parent] for parent in each.parents]) - _middle(children)
        weight = 1.0 if each.look == BIRTH else 0.1
        for child in each.children:
            if child in wishes:
                wishes[child].append((at[child] + shift, weight))
        for parent in each.parents:
            if parent in wishes:
                wishes[parent].append((at[parent] - shift, weight))
    for pair, look in joined.couples.items():
        if pair <= set(wishes):
            left, right = sorted(pair, key=lambda key: at[key])
            near = (at[left] + at[right]) / 2
            strength = 0.3 if look == PARENTS_ONLY else 0.6
            wishes[left].append((near - COLUMN / 2, strength))
            wishes[right].append((near + COLUMN / 2, strength))
    return {key: _weighed(said) for key, said in wishes.items()}


def _middle(places: Sequence[float]) -> float:
    return (min(places) + max(places)) / 2


def _weighed(said: Sequence[tuple[float, float]]) -> tuple[float, float]:
    weight = sum(each for _, each in said)
    return sum(where * each for where, each in said) / weight, weight
