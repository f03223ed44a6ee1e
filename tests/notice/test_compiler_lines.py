"""The line of every key is found, whatever way TOML is written."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wenlock.notice.compiler_lines import locate

WRITTEN = '''# a comment with [brackets] and = signs
title = "one"

[statement.N1]            # a heading
says = """
[not.a.table]
key = "not a key" \\""" still inside
"""
binds = [
    "a",    # with ] in a comment
    "b]",
    { kind = "x", deep = [1, 2] },
]
"quoted key".dotted = 'C:\\path'

[[many]]
name = 1
[many.inner]
x = 2
[[many]]
name = 3
literal = \'\'\'
name = 4
\'\'\'
after = 2026-11-22
[a."b.c".d]
e = true
'''


def test_keys_tables_and_elements_are_found_on_their_lines() -> None:
    found = locate(WRITTEN)
    assert found[("title",)] == 2
    assert found[("statement",)] == found[("statement", "N1")] == 4
    assert found[("statement", "N1", "says")] == 5
    assert found[("statement", "N1", "binds")] == 9
    assert [found[("statement", "N1", "binds", n)] for n in range(3)] == [10, 11, 12]
    assert found[("statement", "N1", "binds", 2, "deep", 1)] == 12
    assert found[("statement", "N1", "quoted key", "dotted")] == 14
    assert (found[("many", 0, "name")], found[("many", 1, "name")]) == (17, 21)
    assert found[("many", 0, "inner", "x")] == 19
    assert found[("many", 1, "after")] == 25
    assert found[("a", "b.c", "d", "e")] == 27


def test_nothing_is_found_that_is_not_there() -> None:
    assert set(locate(WRITTEN)) == set(_paths(tomllib.loads(WRITTEN)))


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [found for key, inner in items for found in _paths(inner, (*path, key))]
    return [path, *below] if path else below


KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), st.text("a.] ='#[é\"\\", min_size=1, max_size=5)
)
WORDS = st.text("ab\"'\\\n#[]{}=,. é", max_size=12)
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(-9, 9), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4)


def _quoted(words: str, *, long: bool) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    # A line break just after the opening quotes is not part of the words, so one more is written.
    return f'"""\n{escaped}"""' if long else '"' + escaped.replace("\n", "\\n") + '"'


def _written(value: Any, *, long: bool) -> str:
    if isinstance(value, str):
        return _quoted(value, long=long)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_written(item, long=long)}, # ]\n" for item in value) + "]"
    if isinstance(value, dict):
        pairs = (
            f"{_quoted(key, long=False)} = {_written(inner, long=False)}" for key, inner in value.items()
        )
        return "{ " + ", ".join(pairs) + " }"
    return str(value)


@given(DOCUMENTS, st.booleans())
def test_every_path_the_reader_knows_is_located_on_a_line_that_names_it(
    document: dict[str, Any], long: bool
) -> None:
    text = ""
    expected = {}
    for table, pairs in document.items():
        expected[(table,)] = text.count("\n") + 1
        text += f"[{_quoted(table, long=False)}]\n"
        for key, value in pairs.items():
            expected[(table, key)] = text.count("\n") + 1
            text += f"{_quoted(key, long=False)} = {_written(value, long=long)}\n"
    assert tomllib.loads(text) == document
    found = locate(text)
    assert set(found) == set(_paths(document))
    assert {path: found[path] for path in expected} == expected
