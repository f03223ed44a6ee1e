"""The macros draw every official example of the Design System as the Design System does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from wenlock.base.pages.govuk import macro

EXAMPLES = Path(__file__).resolve().parents[2] / ".tools" / "govuk-fixtures"
FILES = sorted(EXAMPLES.glob("*/fixtures.json"))

Shape = tuple[str, tuple[tuple[str, str], ...], str, tuple[Any, ...]]


def shape(markup: str) -> Shape:
    """What a reader and a style sheet can tell apart: white space and the order of attributes they cannot."""
    return _element(html.fragment_fromstring(f"<div>{markup}</div>"))


def _element(element: html.HtmlElement) -> Shape:
    attributes = tuple(sorted((name, _spaced(value)) for name, value in element.attrib.items()))
    inside = tuple((_element(one), _spaced(one.tail)) for one in element if isinstance(one.tag, str))
    return str(element.tag), attributes, _spaced(element.text), inside


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.skipif(not FILES, reason="the official examples are not here: run scripts/assets.py")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_official_example_of_a_component_comes_out_the_same(file: Path) -> None:
    told = json.loads(file.read_text())
    draw = macro(told["component"])
    unlike = [
        one["name"] for one in told["fixtures"] if shape(str(draw(one["options"]))) != shape(one["html"])
    ]
    assert told["fixtures"]
    assert unlike == []


def test_a_different_class_or_word_is_noticed() -> None:
    assert shape('<p class="a  b" id="c">Two\n words</p>') == shape('<p id="c" class="a b">Two words</p>')
    assert shape('<p class="a">Word</p>') != shape('<p class="b">Word</p>')
    assert shape("<p>Word <b>x</b> after</p>") != shape("<p>Word <b>x</b></p>")
