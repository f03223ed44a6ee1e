"""The words beneath each symbol, cut to the room there is; the whole name is the symbol's title and in the table."""

from wenlock.people.genogram.facts import Family, Member
from wenlock.people.genogram.kinship import relation_to

SIZE, LEADING = 13, 15  # of a letter, and from line to line, in pixels
ROOM = 116
# Shares of a letter's size in Arial, on the generous side; what is not named is as wide as a capital.
WIDTHS = dict.fromkeys("abcdeghknopqsuvxyz0123456789", 0.57) | dict.fromkeys("MW@mw%…—", 1.0)
WIDTHS |= dict.fromkeys("fijlrtI '’.,-:;()", 0.36)


def label_of(family: Family, member: Member, *, joined: bool) -> tuple[str, ...]:
    """Name, years, and, for somebody no line is joined to, what they are to the child."""
    lines = [*wrapped(member.name, lines=2), years(member)]
    if not joined and member.key != family.subject:
        lines += wrapped(relation_to(family, member.key), lines=2)
    return tuple(line for line in lines if line)


def years(member: Member) -> str:
    """The years of a life: `1948 to 2019`, `Born 2015`, `Due Mar 2027`."""
    born = f"{'about ' if member.birth_estimated else ''}{member.born_on.year}" if member.born_on else ""
    if member.unborn and member.expected_on:
        return f"Due {member.expected_on:%b %Y}"
    if member.died_on:
        return f"{born} to {member.died_on.year}" if born else f"Died {member.died_on.year}"
    return f"Born {born}" if born else ""


def width(text: str, size: float = SIZE) -> float:
    """How wide words are, in pixels; rather too much than too little."""
    return sum(WIDTHS.get(letter, 0.78 if ord(letter) < 0x1100 else 1.05) for letter in text) * size


def wrapped(text: str, *, lines: int, room: float = ROOM) -> list[str]:
    """Words on at most so many lines of the room there is, cut short with dots where they do not fit."""
    found: list[str] = []
    for word in text.split():
        if found and width(f"{found[-1]} {word}") <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found[lines - 1 :] = [" ".join(found[lines - 1 :])]
    return [_cut(line, room) for line in found]


def _cut(line: str, room: float) -> str:
    if width(line) <= room:
        return line
    while line and width(line + "…") > room:
        line = line[:-1]
    return line.rstrip() + "…"
