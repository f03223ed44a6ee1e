"""What is asked of somebody who tells the council something. Nothing they may answer is an error."""

import secrets
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.portal.leniency import Picked, Said, SaidAtLength, SaidDate

BLOCKS = 3  # children, and adults, there is room for; more go in the words
CHILD = ("given", "family", "born_on", "age_said", "where")
ADULT = ("given", "family", "relationship")
DANGER = {
    "now": "Yes, somebody is in danger now",
    "today": "Not at this moment, but it cannot wait until tomorrow",
    "no": "No, it can wait for the next working day",
    "unknown": "I do not know",
}
SAFE = {
    "now": "No, I am in danger now",
    "today": "I am OK right now, but I need help soon",
    "no": "Yes, I am safe",
    "unknown": "I do not know",
}
COMPLAINT_ABOUT = {
    "service": "What you did, or did not do, for a child or family",
    "information": "How you used information about me or my child",
    "unsure": "Both, or I do not know",
}
WAITS = {"today": "Yes", "no": "No, it can wait for the next working day", "unknown": "I do not know"}
AGREED = {
    "yes": "Yes, and they agree",
    "told": "Yes, and they do not agree",
    "unsafe": "No, telling them would not be safe",
    "not-asked": "No, I have not asked them",
}
TELLERS = {
    "family": "A parent, carer or relative",
    "professional": "Somebody who works with children or families",
    "public": "A neighbour, a friend or a member of the public",
    "child": "A child or young person",
    "unnamed": "I would rather not say",
}


@dataclass(frozen=True)
class Group:
    """Questions asked together. `folded`: behind a line to open, unless something in it was answered."""

    title: str
    fields: tuple[str, ...]
    note: str = ""
    folded: str = ""


class TellForm(PageForm):
    """The base of the forms. `sending` tells two clicks on one page from two messages; no person can see it.

    `leave_empty` is a trap for machines: a message that answers it is kept all the same, and marked.
    """

    sending = Said(widget=forms.HiddenInput)
    leave_empty = Said(label="Leave this box empty")
    groups: ClassVar[tuple[Group, ...]]
    people: ClassVar[Mapping[str, forms.Field]] = {}  # the questions asked of several people in turn
    # Answers that alone say nothing anybody could act on.
    ASIDE: ClassVar = {
        "sending", "leave_empty", "teller", "agency_source", "agreed", "in_confidence", "ask_afterwards", "own_age",
    }  # fmt: skip
    ASK_AGAIN: ClassVar = ""

    def __init__(
        self,
        *args: Any,
        today: date,
        sources: Mapping[str, str] | None = None,
        consent_age: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"sending": secrets.token_urlsafe(16)}, **kwargs)
        self.fields.update(deepcopy(dict(self.people)))
        for field in self.fields.values():
            if isinstance(field, SaidDate):
                field.latest = today
        if "own_age" in self.fields and consent_age:
            self.fields[
                "own_age"
            ].help_text = f"If you are under {consent_age}, a parent or carer must call us to say yes."
        if "agency_source" in self.fields:
            kinds = self.fields["agency_source"]
            kinds.choices = [*(sources or {}).items(), ("other", "Somewhere else")]  # type: ignore[attr-defined]

    def grouped(self) -> Iterator[tuple[Group, list[BoundField], bool]]:
        """Each group with its questions, and whether it stands open."""
        for group in self.groups:
            asked = [self[name] for name in group.fields]
            yield group, asked, not group.folded or any(_answered(bound.value()) for bound in asked)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        answers = (value for name, value in said.items() if name not in self.ASIDE)
        if self.ASK_AGAIN and not any(_answered(value) for value in answers):
            self.add_error("words", self.ASK_AGAIN)
        return said


class HelpForm(TellForm):
    """For a child or young person. Nothing is needed: one who only presses the button is taken too."""

    words = SaidAtLength(
        label="What is happening?", help_text="A few words is fine. Spelling does not matter."
    )
    danger = Picked(SAFE, label="Are you safe right now?")
    given = Said(label="What is your name?", help_text="A first name or a nickname is fine.")
    age_said = Said(label="How old are you?")
    teller_reach = Said(
        label="How can we find you or talk to you?",
        help_text="A phone number, an email, your school, or where you are. "
        "Tell us if there is somebody who must not know that you wrote to us.",
        widget=forms.Textarea,
    )
    looks = {
        "words": Look(size="m", rows=6),
        "danger": Look(size="m"),
        "given": Look(size="m", width=20),
        "age_said": Look(size="m", width=5),
        "teller_reach": Look(size="m", rows=3),
    }
    groups: ClassVar = (Group("", ("words", "danger", "given", "age_said", "teller_reach")),)


def _child(number: int, fields: dict[str, forms.Field]) -> Group:
    names = tuple(f"child{number}_{name}" for name in CHILD)
    asked = (
        Said(label="First name"),
        Said(label="Last name"),
        SaidDate(label="Date of birth", help_text="If you know it. For example, 27 3 2015."),
        Said(label="Or how old you think they are"),
        Said(label="Where they live, or their school or nursery", help_text="As much as you know."),
    )
    fields |= dict(zip(names, asked, strict=True))
    title = ("Who you are worried about", "Second child", "Third child")[number - 1]
    note = "Leave out what you do not know." if number == 1 else ""
    return Group(title, names, note, ("", "Add a second child", "Add a third child")[number - 1])


def _adult(number: int, fields: dict[str, forms.Field]) -> Group:
    names = tuple(f"adult{number}_{name}" for name in ADULT)
    asked = (
        Said(label="First name"),
        Said(label="Last name"),
        Said(
            label="Who they are to the child", help_text="For example, mother, stepfather or football coach."
        ),
    )
    fields |= dict(zip(names, asked, strict=True))
    title = ("First adult", "Second adult", "Third adult")[number - 1]
    folded = ("Add an adult in the child’s life", "Add a second adult", "Add a third adult")[number - 1]
    return Group(title, names, "", folded)


_PEOPLE: dict[str, forms.Field] = {}
_CHILDREN = tuple(_child(number, _PEOPLE) for number in range(1, BLOCKS + 1))
_ADULTS = tuple(_adult(number, _PEOPLE) for number in range(1, BLOCKS + 1))
_SHORT = {
    name: Look(width=5 if name.endswith("age_said") else "two-thirds")
    for name in _PEOPLE
    if not name.endswith(("born_on", "where"))
}
# Rests on consent alone, so it is asked last, and a child too young to give it alone is told who must.
AFTERWARDS = Group(
    "May we ask you afterwards how we did?",
    ("ask_afterwards", "own_age"),
    "You can say no, or change your mind, and it makes no difference to anything else.",
    "May we ask you afterwards how we did?",
)
_ABOUT_YOU = ("teller", "teller_name", "teller_reach")
_WHO: dict[str, Look] = {
    "teller": Look(size="s", choices={"professional": Choice(reveals=("agency_source", "teller_role"))}),
    "teller_name": Look(width="two-thirds"),
    "teller_reach": Look(width="two-thirds"),
    "own_age": Look(width=5),
}


class _WithTeller(TellForm):
    teller = Picked(TELLERS, label="Who are you?")
    agency_source = Picked({}, label="Where do you work?")
    teller_role = Said(label="Your job, and the name of the place you work")
    teller_name = Said(label="Your name")
    teller_reach = Said(
        label="How we can reach you",
        help_text="A telephone number or email address that is safe for us to use.",
    )
    ask_afterwards = forms.BooleanField(label="Yes, you may ask me afterwards", required=False)
    own_age = Said(label="How old are you, if you are under 18?")


class ConcernForm(_WithTeller):
    """For anybody worried about a child."""

    people: ClassVar = _PEOPLE
    words = SaidAtLength(
        label="What are you worried about?",
        help_text="What you saw or heard, when, and who was there. You do not have to be sure.",
    )
    danger = Picked(DANGER, label="Is a child in danger?")
    agreed = Picked(AGREED, label="Does the family know that you are telling us?")
    in_confidence = forms.BooleanField(
        label="Do not tell the family who I am, unless the law says you must", required=False
    )
    looks = _SHORT | _WHO | {
        "words": Look(size="m", rows=8),
        "danger": Look(size="m"),
        "agreed": Look(size="m"),
    }  # fmt: skip
    groups: ClassVar = (
        Group("", ("words", "danger")),
        *_CHILDREN,
        *_ADULTS,
        Group("", ("agreed",)),
        Group("About you", (*_ABOUT_YOU, "in_confidence"), "You can leave all of this out."),
        AFTERWARDS,
    )
    ASK_AGAIN: ClassVar = "Write what you are worried about, or who you are worried about"


class QuestionForm(_WithTeller):
    """For anybody who wants to ask something."""

    words = SaidAtLength(label="What do you want to ask?")
    danger = Picked(WAITS, label="Do you need an answer today?")
    looks = _WHO | {"words": Look(size="m", rows=6), "danger": Look(size="m")}
    groups: ClassVar = (
        Group("", ("words", "danger")),
        Group("About you", _ABOUT_YOU, "We can only answer if we know how to reach you."),
        AFTERWARDS,
    )
    ASK_AGAIN: ClassVar = "Write what you want to ask"


class ChangeForm(_WithTeller):
    """For somebody whose details, or whose child's, have changed."""

    words = SaidAtLength(
        label="What has changed?",
        help_text="What we hold now, if you know, and what is right. For example, a new telephone number. If somebody "
        "must not learn your new address, call us instead of writing it here.",
    )
    danger = Picked(WAITS, label="Does this need to be dealt with today?")
    given = Said(label="First name")
    family = Said(label="Last name")
    born_on = SaidDate(label="Date of birth", help_text="For example, 27 3 2015.")
    looks = _WHO | {
        "words": Look(size="m", rows=6),
        "danger": Look(size="m"),
        "given": Look(width="two-thirds"),
        "family": Look(width="two-thirds"),
    }
    groups: ClassVar = (
        Group("", ("words",)),
        Group(
            "Whose information it is",
            ("given", "family", "born_on"),
            "Yours, or the child’s you are telling us about.",
        ),
        Group("", ("danger",)),
        Group("About you", _ABOUT_YOU, "We need to reach you, to check that it is you."),
        AFTERWARDS,
    )
    ASK_AGAIN: ClassVar = "Write what has changed"


class ComplaintForm(_WithTeller):
    """For anybody who is not content with what was done, or with how information was used."""

    complaint_about = Picked(COMPLAINT_ABOUT, label="What is your complaint about?")
    words = SaidAtLength(
        label="What happened?", help_text="When it was, and who was there, as far as you know."
    )
    wanted = SaidAtLength(
        label="What would you like us to do?",
        help_text="For example, put something right, explain it, or say sorry.",
    )
    danger = Picked(WAITS, label="Does this need to be dealt with today?")
    given = Said(label="First name")
    family = Said(label="Last name")
    looks = _WHO | {
        "complaint_about": Look(size="m"),
        "words": Look(size="m", rows=6),
        "wanted": Look(size="m", rows=4),
        "danger": Look(size="m"),
        "given": Look(width="two-thirds"),
        "family": Look(width="two-thirds"),
    }
    groups: ClassVar = (
        Group("", ("complaint_about", "words", "wanted")),
        Group(
            "The child it is about", ("given", "family"), "If it is about a child, and you want to say which."
        ),
        Group("", ("danger",)),
        Group("About you", _ABOUT_YOU, "We can only answer if we know how to reach you."),
        AFTERWARDS,
    )
    ASIDE: ClassVar = TellForm.ASIDE | {"complaint_about"}
    ASK_AGAIN: ClassVar = "Write what happened"


FORMS: dict[str, type[TellForm]] = {
    "concern": ConcernForm,
    "help": HelpForm,
    "question": QuestionForm,
    "change": ChangeForm,
    "complaint": ComplaintForm,
}


def _answered(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_answered(part) for part in value)
    return bool(str(value).strip()) if value not in (None, False) else False
