"""From what somebody answered to what the front door takes. No word is lost on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from wenlock.intake.actions import ROOM, Named, Telling
from wenlock.intake.codes import OLDEST
from wenlock.intake.extras import Yes
from wenlock.portal.tell_forms import BLOCKS

MACHINE = "A box that people cannot see was answered: a machine may have sent this."
NOTHING_WRITTEN = "Nothing was written. Somebody pressed the button on the page where children ask for help."
# Sources by which people who are not agencies tell us something, as the notices name them.
PEOPLE = frozenset({"self", "family", "friends", "public", "mind-of-my-own", "internal-departments"})
# A neighbour or a stranger: a source of their own where the notice names one, otherwise friends, whose word is held in
# confidence too.
ANYBODY = ("public", "friends")
GROWN = ("family", "professional", "public")  # who, unless they say how old they are, is taken for an adult


@dataclass(frozen=True)
class Message:
    """What is passed to the front door: the telling, those it is about, the source, and a yes to an extra."""

    telling: Telling
    about: tuple[Named, ...]
    source: str
    yes: Yes | None = None


@dataclass
class _Answers:
    """The answers, and the lines of those that must go with the words."""

    said: Mapping[str, Any]
    lines: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(self.said.get(name) or "").strip()

    def fitted(self, name: str, column: str, called: str) -> str:
        """The answer as far as its column holds it; a longer one is whole among the lines."""
        return self.cut(self.text(name), column, called)

    def cut(self, text: str, column: str, called: str) -> str:
        if len(text) > ROOM[column]:
            self.lines.append(f"{called}: {text}")
        return text[: ROOM[column]]


def agencies(sources: Iterable[Any], *, on: date) -> dict[str, str]:
    """The sources of the notice that somebody who works with families may come from, by code."""
    return {each.code: each.name for each in sources if each.code not in PEOPLE and each.in_force(on)}


def message(kind: str, said: Mapping[str, Any], *, sources: Iterable[str]) -> Message:
    """What the answers come to. `sources` are the codes of the notice in force, in its order.

    A source that the notice does not name is never a dead end: the nearest that it names is given.
    """
    answers = _Answers(said)
    about = tuple(_people(kind, answers))
    telling = _telling(kind, answers)
    words = str(said.get("words") or "").rstrip()
    if kind == "help" and not any(
        (words, answers.text("given"), answers.text("teller_reach"), said.get("danger"))
    ):
        answers.lines.append(NOTHING_WRITTEN)
    if wanted := answers.text("wanted"):
        answers.lines.append(f"What they would like us to do: {wanted}")
    if said.get("leave_empty"):
        answers.lines.append(MACHINE)
    added = "\n".join(f"[{line}]" for line in answers.lines)
    whole = "\n\n".join(part for part in (words, added) if part)
    source = _source(kind, telling.teller, answers.text("agency_source"))
    return Message(
        replace(telling, words=whole), about, _named(source, tuple(sources)), _yes(answers, telling.teller)
    )


def _yes(answers: _Answers, teller: str) -> Yes | None:
    """Whether they may be asked afterwards. An age that is none is no age: they are then no older than a child."""
    if not answers.said.get("ask_afterwards"):
        return None
    typed = answers.text("own_age")
    age = (
        int(typed)
        if typed.isascii() and typed.isdigit() and len(typed) <= 3 and int(typed) <= OLDEST
        else None
    )
    return Yes(age=age, grown=teller in GROWN and not typed)


def _telling(kind: str, answers: _Answers) -> Telling:
    name = answers.fitted("teller_name", "teller_name", "The name of who is telling")
    teller = "child" if kind == "help" else answers.text("teller") or "unnamed"
    if teller == "unnamed" and name:  # who gives a name is not unnamed, whatever they chose above it
        teller = "public"
    return Telling(
        kind=kind,
        teller=teller,
        teller_name=name,
        teller_role=answers.fitted("teller_role", "teller_role", "Their work"),
        teller_reach=answers.fitted("teller_reach", "teller_reach", "How to reach them"),
        in_confidence=bool(answers.said.get("in_confidence")),
        danger=answers.text("danger") or "unknown",
        agreed=answers.text("agreed") or "not-asked",
        complaint_about=(answers.text("complaint_about") or "unsure") if kind == "complaint" else "",
    )


def _people(kind: str, answers: _Answers) -> Iterable[Named]:
    if kind == "concern":
        for number in range(1, BLOCKS + 1):
            yield from _somebody(answers, f"child{number}_", "child", f"Child {number}")
        for number in range(1, BLOCKS + 1):
            yield from _somebody(answers, f"adult{number}_", "adult", f"Adult {number}")
    elif kind == "help":  # always: a child without a name is still a child, whom a worker may come to know
        (child,) = _somebody(answers, "", "child", "The child") or (Named(),)
        yield replace(child, relationship="themself")
    elif kind == "change":
        yield from _somebody(answers, "", "child", "Whose information it is")
    elif kind == "complaint":
        yield from _somebody(answers, "", "child", "The child it is about")


def _somebody(answers: _Answers, before: str, mentioned_as: str, called: str) -> tuple[Named, ...]:
    columns = ("given", "family", "relationship", "where")
    short = {
        name: answers.fitted(before + name, name, f"{called}, {name.replace('_', ' ')}") for name in columns
    }
    born, age = answers.said.get(before + "born_on"), answers.text(before + "age_said")
    if isinstance(born, str):  # a date that never was, as it was typed
        age = ", ".join(part for part in (age, f"born {born}") if part)
    age = answers.cut(age, "age_said", f"{called}, age")
    named = Named(
        mentioned_as=mentioned_as, age_said=age, born_on=born if isinstance(born, date) else None, **short
    )
    return (named,) if named != Named(mentioned_as=mentioned_as) else ()


def _source(kind: str, teller: str, agency: str) -> tuple[str, ...]:
    if teller == "professional":
        return (agency, *ANYBODY)
    if teller == "child" or kind != "concern":  # what somebody says of themself, or asks for themself
        return ("self",)
    return ("family", *ANYBODY) if teller == "family" else ANYBODY


def _named(wanted: tuple[str, ...], sources: tuple[str, ...]) -> str:
    return next((code for code in wanted if code in sources), sources[0])
