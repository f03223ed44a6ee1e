"""The questions asked of sharing: with whom, what and why; whether it may go; and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice as Shown
from wenlock.base.pages.looks import Look
from wenlock.sharing.choosing import Choice
from wenlock.sharing.codes import ANSWERS, RECEIPTS, REGIMES


def why_field(label: str, *, asks: str, hint: str = "", longest: int = 1000) -> forms.CharField:
    """A reason in words: at least ten letters of it."""
    field = forms.CharField(
        label=label, help_text=hint, min_length=10, max_length=longest, widget=forms.Textarea
    )
    field.error_messages["required"] = asks
    return field


class WhereForm(PageForm):
    """With whom something is shared, and what for: each choice is a destination and a rule."""

    where = forms.ChoiceField(
        label="Who do you want to share with, and what for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you want to share with"},
    )

    def __init__(self, *args: Any, places: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = [(key, told[0]) for key, told in places.items()]  # type: ignore[attr-defined]
        self.looks = {
            "where": Look(size="m", choices={key: Shown(hint=told[1]) for key, told in places.items()})
        }


class ChooseForm(PageForm):
    """What of the record is shared, and why that is necessary."""

    items = forms.MultipleChoiceField(
        label="What do you want to share?",
        help_text="Only what the privacy notice allows this recipient for this purpose. Choose no more than they need.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one thing to share"},
    )
    why = why_field(
        "Why is it necessary to share this?",
        hint="The recipient sees it too. Say what they need it for.",
        asks="Say why it is necessary to share this",
        longest=2000,
    )
    asked_in = forms.CharField(
        label="Their reference, if they asked for it",
        help_text="For example, the number of a police request form",
        max_length=80,
        required=False,
    )
    regime = forms.ChoiceField(
        label="What do they receive it for?",
        widget=forms.RadioSelect,
        choices=list(REGIMES.items()),
        error_messages={"required": "Select what they receive it for"},
    )
    originator_agreed = forms.CharField(
        label="Who agreed that it may go further?",
        help_text="Some of this came from somebody who must agree first. Leave it blank if you choose none of that.",
        max_length=200,
        required=False,
    )
    originator_agreed_on = DateField(
        label="When did they agree?", required=False, help_text="For example, 27 3 2027"
    )

    def __init__(
        self, *args: Any, choices: Sequence[Choice], needs_regime: bool, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        told = [(one.key, f"{one.title}: {one.whose}" if one.whose else one.title) for one in choices]
        self.fields["items"].choices = told  # type: ignore[attr-defined]
        self.looks = {
            "items": Look(size="m", small=True, choices={one.key: Shown(hint=_told(one)) for one in choices}),
            "why": Look(size="m", rows=4),
            "asked_in": Look(size="s", width=20),
            "regime": Look(size="s"),
            "originator_agreed": Look(size="s"),
            "originator_agreed_on": Look(size="s"),
        }
        self.fields["originator_agreed_on"].latest = on  # type: ignore[attr-defined]
        if not needs_regime:
            del self.fields["regime"]
        if not any(one.of_originator for one in choices):
            del self.fields["originator_agreed"], self.fields["originator_agreed_on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        named, dated = said.get("originator_agreed"), said.get("originator_agreed_on")
        if named and not dated and "originator_agreed_on" not in self.errors:
            self.add_error("originator_agreed_on", "Enter when they agreed")
        if dated and not named:
            self.add_error("originator_agreed", "Enter who agreed")
        return said


class AnswerForm(PageForm):
    """Whether what somebody proposed may go, and why."""

    outcome = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have decided"},
    )
    because = why_field(
        "Why?",
        hint="It is kept with the record, whichever way you decide.",
        asks="Say why you decided this",
    )
    looks = {"outcome": Look(size="m"), "because": Look(size="m", rows=4)}

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {"approved": "Approve it", "declined": ANSWERS["declined"].replace("Decided n", "N")}
        open_to_me = told if may_approve else {"declined": told["declined"]}
        self.fields["outcome"].choices = list(open_to_me.items())  # type: ignore[attr-defined]


class ReceiptForm(PageForm):
    """What became of a file that was made to be handed over."""

    outcome = forms.ChoiceField(
        label="Was it handed over?",
        widget=forms.RadioSelect,
        choices=list(RECEIPTS.items()),
        error_messages={"required": "Select whether it was handed over"},
    )
    says = forms.CharField(
        label="To whom, or why not?",
        max_length=500,
        error_messages={"required": "Enter to whom it was handed over, or why it was not"},
    )
    happened_on = DateField(label="When?", help_text="For example, 27 3 2027")
    looks = {"outcome": Look(size="m"), "says": Look(size="s"), "happened_on": Look(size="s")}

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].latest = on  # type: ignore[attr-defined]


def _told(choice: Choice) -> str:
    return f"{choice.words}. Its originator must agree first." if choice.of_originator else choice.words
