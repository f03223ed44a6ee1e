"""The questions on a change somebody tells of: who they are, what is right, and why; and the acknowledging of a complaint."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.intake import codes
from wenlock.people.changing import Birth, Fact, Home, Naming, Reach
from wenlock.people.codes import CONTACT_KINDS, NAME_KINDS
from wenlock.workspace.contact_forms import CHOOSE, FeedbackForm

YES_NO = {"yes": "Yes", "no": "No"}
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


class WhoForm(PageForm):
    """How the worker came to know who told it. `numbers` are those held before they told us, by id."""

    how = forms.ChoiceField(
        label="How do you know who told us?", choices=list(codes.WAYS_TO_KNOW.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select how you know who told us"},
    )  # fmt: skip
    number = forms.ChoiceField(
        label="Which number?", required=False,
        help_text="If you knew them by voice or called them back. Only what we held before they told us is listed.",
    )  # fmt: skip
    words = forms.CharField(
        label="What did you ask, or see?", max_length=2000, widget=forms.Textarea,
        help_text="Enough for a colleague to judge by. Say which document it was, but not its number.",
        error_messages={"required": "Say what you asked, or what you saw"},
    )  # fmt: skip
    satisfied = forms.ChoiceField(
        label="Are they who they say, and is it theirs to tell?", choices=list(YES_NO.items()),
        widget=forms.RadioSelect, error_messages={"required": "Select yes or no"},
    )  # fmt: skip
    looks = {
        "words": Look(rows=4),
        "satisfied": Look(
            choices={"no": Choice(hint="Nothing can be put right until another check is satisfied.")}
        ),
    }

    def __init__(self, *args: Any, numbers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = CHOOSE if numbers else ("", "We held none")
        self.fields["number"].choices = [none, *numbers.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        by_number = said.get("how") in codes.BY_A_NUMBER
        if by_number and not said.get("number") and "number" not in self.errors:
            self.add_error(
                "number", "Select the number you knew them by or called, or another way of knowing"
            )
        if not by_number:
            said["number"] = ""
        return said


class PutRightForm(PageForm):
    """The base of the questions on one fact. `today` is the latest day it may be right from."""

    reason = forms.CharField(
        label="Why is this right?", max_length=300,
        help_text="For example, she told me so when I called. It is kept with what stood there before.",
        error_messages={"required": "Say why this is right"},
    )  # fmt: skip
    title: ClassVar[str]
    fact: ClassVar[Callable[[Any, UUID], Fact]]  # the fact of this person's record that the answers make

    def __init__(self, *args: Any, today: date, reached: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.latest = today
        if "instead_of" in self.fields:
            self.fields["instead_of"].choices = [("", "None of them"), *reached.items()]  # type: ignore[attr-defined]
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class HomeForm(PutRightForm):
    """Where somebody lives now."""

    title = "Put the home address right"
    line = forms.CharField(label="Address line 1", max_length=120)
    line_2 = forms.CharField(label="Address line 2", max_length=120, required=False)
    town = forms.CharField(label="Town or city", max_length=120, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    on = DateField(label="Day they moved", help_text="For example, 27 3 2026.")
    protected = forms.BooleanField(
        label="This address must not be found: show it to one worker at a time, with a reason", required=False
    )
    looks = {"town": Look(width="two-thirds"), "postcode": Look(width=10)}

    def clean_postcode(self) -> str:
        typed = re.sub(r"\W", "", str(self.cleaned_data["postcode"])).upper()
        shaped = _POSTCODE.fullmatch(typed)
        if typed and not shaped:
            raise forms.ValidationError("Enter a full postcode, like SY2 6ND, or leave it empty")
        return f"{shaped[1]} {shaped[2]}" if shaped else ""

    def fact(self, person: UUID) -> Home:
        said = self.cleaned_data
        lines = tuple(said[name] for name in ("line", "line_2", "town") if said[name])
        return Home(
            person=person, lines=lines, postcode=said["postcode"], on=said["on"], protected=said["protected"]
        )


class ReachForm(PutRightForm):
    """How somebody is reached now."""

    title = "Put a telephone number or email address right"
    kind = forms.ChoiceField(
        label="What is it?", choices=list(CONTACT_KINDS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )  # fmt: skip
    value = forms.CharField(label="Number or address", max_length=254)
    instead_of = forms.ChoiceField(label="What does it replace?", required=False)
    on = DateField(label="Day it is right from", help_text="For example, 27 3 2026.")
    unsafe = forms.BooleanField(
        label="It is not safe to use: show it with a warning, and never as a link", required=False
    )
    looks = {"kind": Look(inline=True, small=True), "value": Look(width="two-thirds")}

    def fact(self, person: UUID) -> Reach:
        said = self.cleaned_data
        replaced = UUID(said["instead_of"]) if said["instead_of"] else None
        return Reach(
            person=person, kind=said["kind"], value=said["value"], safe=not said["unsafe"], on=said["on"],
            instead_of=replaced,
        )  # fmt: skip


class NameForm(PutRightForm):
    """What somebody is called now."""

    title = "Put a name right"
    kind = forms.ChoiceField(label="Which name?", choices=list(NAME_KINDS.items()))
    given = forms.CharField(label="Given name", max_length=120, required=False)
    family = forms.CharField(label="Family name", max_length=120, required=False)
    how = forms.ChoiceField(
        label="What happened?", choices=[("changed", "The name has changed"), ("wrong", "We had recorded it wrongly")],
        widget=forms.RadioSelect, error_messages={"required": "Select what happened"},
    )  # fmt: skip
    on = DateField(label="Day it changed", required=False, help_text="For example, 27 3 2026.")
    looks = {
        "given": Look(width="two-thirds"),
        "family": Look(width="two-thirds"),
        "how": Look(choices={"changed": Choice(reveals=("on",))}),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("given") and not said.get("family"):
            self.add_error("given", "Enter a given name or a family name")
        if said.get("how") == "changed" and not said.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day the name changed")
        return said

    def fact(self, person: UUID) -> Naming:
        said = self.cleaned_data
        on = said["on"] if said["how"] == "changed" else None
        return Naming(person=person, kind=said["kind"], given=said["given"], family=said["family"], on=on)


class BirthForm(PutRightForm):
    """When somebody was born."""

    title = "Put the date of birth right"
    on = DateField(label="Date of birth", help_text="For example, 27 3 2015.")

    def fact(self, person: UUID) -> Birth:
        return Birth(person=person, on=self.cleaned_data["on"])


class LeaveForm(PageForm):
    """Why something is left as it was."""

    fact = forms.ChoiceField(
        label="What is not changed?", choices=[("", "Any of it"), *codes.FACTS.items()], required=False
    )
    reason = forms.CharField(
        label="Why not?", max_length=500, widget=forms.Textarea,
        help_text="For example, we could not reach anybody who was known to us.",
        error_messages={"required": "Say why it is not changed"},
    )  # fmt: skip
    looks = {"reason": Look(rows=3)}


class AcknowledgeForm(FeedbackForm):
    """Who answers a complaint, and how whoever complains was told that we have it."""

    passed_to = forms.CharField(
        label="Who answers it?", max_length=200,
        help_text="The complaints manager, or for the use of information the data protection officer.",
        error_messages={"required": "Say who answers it"},
    )  # fmt: skip
    field_order = ("passed_to", "how", "words", "why_not")
    looks = FeedbackForm.looks | {"passed_to": Look(width="two-thirds")}


class AnswerForm(FeedbackForm):
    """The answer to a question, and how it was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].label = "How did you send the answer?"
        self.fields["words"].label = "What is the answer?"
        self.fields["words"].help_text = "As you sent it. Nothing of anybody else’s record belongs in it."
        self.fields["why_not"].label = "Why is there no answer?"


class PermissionForm(PageForm):
    """A parent's permission for a child to be asked afterwards how we did."""

    age = forms.IntegerField(
        label="How old is the child?", min_value=0, max_value=codes.OLDEST, required=False
    )
    how = forms.CharField(
        label="Who gave permission, and how do you know it is theirs to give?", max_length=300, widget=forms.Textarea,
        error_messages={"required": "Say who gave permission, and how you know"},
    )  # fmt: skip
    looks = {"age": Look(width=3), "how": Look(rows=3)}
