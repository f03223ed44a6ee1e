"""A notice to break: the invented council's folder, copied and changed in one place."""

import shutil
from datetime import date
from pathlib import Path

from wenlock.notice.compiler import Compiled, Fault, NoticeFaulty, compile_notice

AUTHORITIES = Path(__file__).parents[2] / "authorities"
TODAY = date(2026, 11, 22)


def copied(to: Path, *, authority: str = "marchford") -> Path:
    """A copy of an authority's folder that a test may change."""
    return Path(shutil.copytree(AUTHORITIES / authority, to / authority))


def changed(folder: Path, old: str, new: str, *, file: str = "notice.toml") -> Path:
    """The folder, with the first `old` in the file made `new`. The test is wrong if `old` is not there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def added(folder: Path, more: str) -> Path:
    """The folder, with more written at the end of the notice."""
    with (folder / "notice.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{more}\n")
    return folder


def compiled(folder: Path, *, on: date = TODAY) -> Compiled:
    return compile_notice(folder, on=on)


def faults(folder: Path, *, on: date = TODAY) -> tuple[Fault, ...]:
    """Every fault of the folder; none if it compiles."""
    try:
        compile_notice(folder, on=on)
    except NoticeFaulty as error:
        return error.faults
    return ()


def line_of(folder: Path, text: str, *, after: str = "", file: str = "notice.toml") -> int:
    """The line, from 1, of the first `text` after the first `after`."""
    whole = (folder / file).read_text(encoding="utf-8")
    start = whole.index(after)
    return whole.count("\n", 0, whole.index(text, start)) + 1
