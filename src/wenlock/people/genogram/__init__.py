"""The genogram: a family's facts laid out in generations and drawn, the same facts always as the same drawing.

`facts` says what is drawn from; `homes` and `kinship` what follows of who lives with whom and who is whose brother or
sister; `layout` gives every symbol its place; `drawing` makes the SVG.
"""

from wenlock.people.genogram.drawing import draw, legend
from wenlock.people.genogram.facts import Family, Member, Tie
from wenlock.people.genogram.homes import apart, households, living_with
from wenlock.people.genogram.kinship import Sibling, relation_to, sibling_group
from wenlock.people.genogram.layout import Layout, lay_out

__all__ = [
    "Family",
    "Layout",
    "Member",
    "Sibling",
    "Tie",
    "apart",
    "draw",
    "households",
    "lay_out",
    "legend",
    "living_with",
    "relation_to",
    "sibling_group",
]
