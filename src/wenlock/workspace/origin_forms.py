"""The questions of where a contact came from, who has been told of it, and what was done about a child's own words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from wenlock.agencies.codes import OTHER_AUTHORITY
from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.intake import codes

NEW = "new"
TOLD, EXEMPT = "told", "exempt"


class BodyForm(PageForm):
    """Which body did it come from? `agencies` are those of its source, id to name."""

    agency = forms.ChoiceField(
        label="Which one was it?", widget=forms.RadioSelect, error_messages={"required": "Select which one it was"}
    )  # fmt: skip
    new_agency = forms.CharField(label="Its name", max_length=200, required=False)
    new_number = forms.RegexField(
        r"^[0-9]{3}$", label="Its three-figure number", max_length=3, required=False,
        help_text="For another council, as the Department for Education lists it",
        error_messages={"invalid": "The number must have three figures, like 893"},
    )  # fmt: skip

    def __init__(self, *args: Any, source: str, agencies: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["agency"].choices = [*agencies.items(), (NEW, "One that is not listed")]  # type: ignore[attr-defined]
        asked = ("new_agency", "new_number") if source == OTHER_AUTHORITY else ("new_agency",)
        if source != OTHER_AUTHORITY:
            del self.fields["new_number"]
        if not agencies:
            self.fields["agency"].initial = NEW
        listed = {NEW: Choice(divider="or" if agencies else "", reveals=asked)}
        self.looks = {
            "agency": Look(choices=listed, label_hidden=True),
            "new_number": Look(width=3),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("agency") == NEW:
            if not said.get("new_agency"):
                self.add_error("new_agency", "Write its name")
            if "new_number" in self.fields and not said.get("new_number") and "new_number" not in self.errors:
                self.add_error("new_number", "Give the council’s three-figure number")
        return said


class PersonForm(PageForm):
    """Who did it come from? `known` are those it may have been, id to name and what tells them apart."""

    person = forms.ChoiceField(
        label="Who was it?", widget=forms.RadioSelect, error_messages={"required": "Select who it was"}
    )  # fmt: skip

    def __init__(self, *args: Any, known: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(key, name) for key, (name, _) in known.items()]  # type: ignore[attr-defined]
        looks = {key: Choice(hint=hint) for key, (_, hint) in known.items()}
        self.looks = {"person": Look(choices=looks, label_hidden=True)}


class InformForm(PageForm):
    """Whether somebody was told that we hold what another said of them, or why in law they need not be."""

    answer = forms.ChoiceField(
        label="Have they been told?",
        choices=[(TOLD, "Yes"), (EXEMPT, "No, and the law lets us not tell them")],
        widget=forms.RadioSelect, error_messages={"required": "Select whether they have been told"},
    )  # fmt: skip
    told_on = DateField(label="Day they were told", required=False)
    how = forms.ChoiceField(
        label="How they were told", choices=[("", "Choose one"), *codes.HOW_INFORMED.items()], required=False
    )
    ground = forms.ChoiceField(
        label="Ground in law", choices=[("", "Choose one"), *((one.code, one.name) for one in codes.EXEMPT)],
        required=False,
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=2000, required=False, widget=forms.Textarea,
        help_text="What would happen if they were told. You decide this for each person.",
    )  # fmt: skip
    looks = {
        "answer": Look(
            choices={
                TOLD: Choice(reveals=("told_on", "how")),
                EXEMPT: Choice(reveals=("ground", "reason")),
            },
            label_hidden=True,
        ),
        "reason": Look(rows=4),
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        asked = {
            TOLD: {"told_on": "Enter the day they were told", "how": "Select how they were told"},
            EXEMPT: {"ground": "Select the ground in law", "reason": "Say why they need not be told"},
        }.get(said.get("answer", ""), {})
        for name, problem in asked.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, problem)
        return said


class AnswerForm(PageForm):
    """What was done about what a child wrote, and whether they were told."""

    done = forms.CharField(
        label="What was done about it?", max_length=4000, widget=forms.Textarea,
        error_messages={"required": "Say what was done"},
    )  # fmt: skip
    told_on = DateField(
        label="Day you told the child", required=False, help_text="Leave it empty if you have not yet"
    )
    how = forms.ChoiceField(
        label="How you told them", choices=[("", "Choose one"), *codes.HOW_INFORMED.items()], required=False
    )
    looks = {"done": Look(rows=5)}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("told_on") and not said.get("how"):
            self.add_error("how", "Select how you told them")
        if said.get("how") and not said.get("told_on") and "told_on" not in self.errors:
            self.add_error("told_on", "Enter the day you told them")
        return said
