"""The questions asked of a worker, other than those of a note."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from wenlock.base.pages.fields import DateField, NameField, YesNoField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.people.checkdigits import compact
from wenlock.people.codes import GENOGRAM_OCCASIONS, IDENTIFIER_SCHEMES
from wenlock.security.models import CONFLICT_KINDS, EmergencyAccess

LONGEST_CLOSED = timedelta(days=365)


def _words(
    label: str, *, hint: str = "", longest: int = 1000, shortest: int = 0, asks: str = ""
) -> forms.CharField:
    field = forms.CharField(
        label=label, help_text=hint, max_length=longest, min_length=shortest or None, widget=forms.Textarea
    )
    if asks:
        field.error_messages["required"] = asks
    return field


class PurposeForm(PageForm):
    """Which purpose of the notice somebody works for now."""

    purpose = forms.ChoiceField(
        label="Purpose",
        widget=forms.RadioSelect,
        help_text="You see the children your work for this purpose gives you, and what you record is held for it.",
    )
    looks = {"purpose": Look(label_hidden=True)}

    def __init__(self, *args: Any, purposes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(purposes.items())  # type: ignore[attr-defined]


class KeepSearchForm(PageForm):
    """What to call a search that is kept."""

    title = forms.CharField(
        label="What do you want to call it?",
        max_length=60,
        help_text="Only you see it. For example, Friday’s meeting",
        error_messages={"required": "Enter what you want to call it"},
    )
    looks = {"title": Look(width="one-half", small=True)}


class EmergencyForm(PageForm):
    """Whose record, found exactly, and why it must be opened now."""

    find_by = forms.ChoiceField(
        label="How do you know them?",
        widget=forms.RadioSelect,
        choices=(("name", "Full name and date of birth"), ("number", "A number, such as an NHS number")),
    )
    given = NameField(label="Given name", required=False, max_length=120)
    family = NameField(label="Family name", required=False, max_length=120)
    born_on = DateField(label="Date of birth", required=False, help_text="For example, 27 3 2015")
    scheme = forms.ChoiceField(
        label="What number is it?", required=False, choices=[("", "Choose one"), *IDENTIFIER_SCHEMES.items()]
    )
    value = forms.CharField(label="The number", required=False, max_length=60)
    reason_code = forms.ChoiceField(
        label="Why do you need it now?",
        widget=forms.RadioSelect,
        choices=list(EmergencyAccess.REASONS.items()),
    )
    reason = _words(
        "What has happened?",
        hint="A manager reads this when they review what you did.",
        shortest=10,
        asks="Say what has happened",
    )
    live_risk = forms.BooleanField(label="A child is at risk right now", required=False)
    looks = {
        "find_by": Look(
            size="s",
            choices={
                "name": Choice(reveals=("given", "family", "born_on")),
                "number": Choice(reveals=("scheme", "value")),
            },
        ),
        "given": Look(width="two-thirds"),
        "family": Look(width="two-thirds"),
        "value": Look(width=20),
        "reason_code": Look(size="s"),
        "reason": Look(size="s", rows=4),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = {"name": ("given", "family", "born_on"), "number": ("scheme", "value")}.get(
            said.get("find_by", ""), ()
        )
        asks = {
            "given": "Enter their given name",
            "family": "Enter their family name",
            "born_on": "Enter their date of birth",
            "scheme": "Select what number it is",
            "value": "Enter the number",
        }
        for name in needed:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, asks[name])
        if said.get("value") and said.get("scheme") != "supplier":
            said["value"] = compact(said["value"])
        return said


class EmergencyReviewForm(PageForm):
    """What a manager makes of a use of emergency access."""

    justified = YesNoField(label="Was it justified?")
    review = _words(
        "Why?",
        hint="Say what you looked at, and what happens next if it was not.",
        asks="Say why you think so",
    )
    looks = {"justified": Look(size="s", inline=True), "review": Look(size="s", rows=4)}


class ConflictForm(PageForm):
    """What somebody's connection with a person is."""

    kind = forms.ChoiceField(
        label="What is the connection?", widget=forms.RadioSelect, choices=list(CONFLICT_KINDS.items())
    )
    sure = forms.BooleanField(label="I understand that I will not be able to open this record again")
    looks = {"kind": Look(size="s")}


class RevealForm(PageForm):
    """Why a protected address must be seen."""

    reason = _words(
        "Why do you need to see this address?",
        hint="It is written down with your name, and a manager sees it.",
        longest=500,
        shortest=10,
        asks="Say why you need to see this address",
    )
    looks = {"reason": Look(size="s", rows=3)}


class GenogramForm(PageForm):
    """What a genogram is kept for, and why."""

    occasion = forms.ChoiceField(
        label="What is it for?", widget=forms.RadioSelect, choices=list(GENOGRAM_OCCASIONS.items())
    )
    why = _words(
        "Why is it kept?",
        hint="For example, the hearing it is for. It is shown with the genogram.",
        longest=500,
        asks="Say why this genogram is kept",
    )
    looks = {"occasion": Look(size="s"), "why": Look(size="s", rows=3)}


class ClosingForm(PageForm):
    """Why a record is closed, who may still see it, and when that is looked at again."""

    reason = _words("Why is the record being closed?", longest=500, asks="Say why the record is being closed")
    names = forms.MultipleChoiceField(
        label="Who may still see it?",
        help_text="Only those of them whose work already gives them the record. You cannot name yourself: another manager does.",
        widget=forms.CheckboxSelectMultiple,
    )
    review_on = DateField(label="Look at this again on", help_text="Within a year. For example, 27 3 2027")
    looks = {
        "reason": Look(size="s", rows=3),
        "names": Look(size="s", small=True),
        "review_on": Look(size="s"),
    }

    def __init__(self, *args: Any, workers: Mapping[str, str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = list(workers.items())  # type: ignore[attr-defined]
        self.fields["names"].error_messages["required"] = "Select at least one worker who may still see it"
        self.fields["review_on"].earliest = on  # type: ignore[attr-defined]
        self.fields["review_on"].latest = on + LONGEST_CLOSED  # type: ignore[attr-defined]


class ReopeningForm(PageForm):
    """That a record is to be opened again."""

    sure = forms.BooleanField(label="I have checked that the reason no longer applies")
