"""The questions asked of where information may be sent, and of the agreements it is sent under."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Look
from wenlock.sharing.codes import AGREEMENT_KINDS


class DestinationForm(PageForm):
    """Where a body of a recipient is reached."""

    recipient = forms.ChoiceField(
        label="Which recipient of the privacy notice is it?",
        error_messages={"required": "Select which recipient it is"},
    )
    body = forms.CharField(
        label="What is the body called?",
        help_text="Its own name. For example, Marshfield Primary School",
        max_length=200,
        error_messages={"required": "Enter what the body is called"},
    )
    post = forms.CharField(
        label="Who or what desk there receives it?",
        max_length=200,
        error_messages={"required": "Enter who or what desk receives it"},
    )
    value = forms.CharField(
        label="Where is that?",
        help_text="The address, e-mail address or telephone number it is reached at",
        max_length=254,
        error_messages={"required": "Enter where that is"},
    )
    looks = {
        "recipient": Look(size="s"),
        "body": Look(size="s"),
        "post": Look(size="s"),
        "value": Look(size="s"),
    }

    def __init__(self, *args: Any, recipients: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "Choose one"), *recipients.items()]  # type: ignore[attr-defined]


class ChangeForm(PageForm):
    """A change of where a body is reached, which takes its verification away."""

    post = forms.CharField(label="Who or what desk there receives it?", max_length=200)
    value = forms.CharField(label="Where is that?", max_length=254)
    looks = {"post": Look(size="s"), "value": Look(size="s")}


class VerifyForm(PageForm):
    """How somebody made sure that a destination is right."""

    how = forms.CharField(
        label="How did you make sure that it is right?",
        help_text="Do not rely on the message that gave it. For example, rang the switchboard number on their own site",
        min_length=10,
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Say how you made sure that it is right"},
    )
    looks = {"how": Look(size="m", rows=3)}


class AgreementForm(PageForm):
    """An agreement, and the dates it holds for."""

    recipient = forms.ChoiceField(
        label="Which recipient is it with?", error_messages={"required": "Select which recipient it is with"}
    )
    body = forms.CharField(
        label="With which body of it?",
        help_text="Leave it blank if the agreement is with all of them",
        max_length=200,
        required=False,
    )
    kind = forms.ChoiceField(
        label="What kind of agreement is it?",
        widget=forms.RadioSelect,
        choices=list(AGREEMENT_KINDS.items()),
        error_messages={"required": "Select what kind of agreement it is"},
    )
    reference = forms.CharField(
        label="What is it filed under?",
        max_length=120,
        error_messages={"required": "Enter what it is filed under"},
    )
    from_on = DateField(label="From which day does it hold?", help_text="For example, 27 3 2027")
    until_on = DateField(label="On which day does it end?", help_text="That day it no longer holds")
    never_sold = forms.BooleanField(
        label="I have read the clause that what is shared is neither sold nor rented on",
        error_messages={"required": "Confirm that the agreement has that clause"},
    )
    looks = {
        name: Look(size="s") for name in ("recipient", "body", "kind", "reference", "from_on", "until_on")
    }

    def __init__(self, *args: Any, recipients: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "Choose one"), *recipients.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins: date | None = said.get("from_on")
        ends: date | None = said.get("until_on")
        if begins and ends and ends <= begins:
            self.add_error("until_on", "The agreement must end after the day it begins")
        return said


class SureForm(PageForm):
    """That something is to end."""

    sure = forms.BooleanField(
        label="I am sure that nothing more is to be sent",
        error_messages={"required": "Confirm that nothing more is to be sent"},
    )
