"""The questions asked of consent to share: who gives it, to whom and for what; and, to withdraw it, one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.sharing.codes import CAPACITIES, GIVEN_HOW, WITHDRAWN_BY


class ConsentForm(PageForm):
    """A consent as it was given."""

    where = forms.ChoiceField(
        label="Who may it be shared with, and what for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who it may be shared with"},
    )
    categories = forms.MultipleChoiceField(
        label="What did they agree to share?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what they agreed to share"},
    )
    given_by = forms.ChoiceField(
        label="Who gave it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who gave it"},
    )
    capacity = forms.ChoiceField(
        label="How may they give it?",
        widget=forms.RadioSelect,
        choices=list(CAPACITIES.items()),
        error_messages={"required": "Select how they may give it"},
    )
    competent_because = forms.CharField(
        label="Why are they able to decide this?",
        widget=forms.Textarea,
        required=False,
        max_length=500,
        min_length=10,
    )
    how = forms.ChoiceField(
        label="How did they give it?",
        widget=forms.RadioSelect,
        choices=list(GIVEN_HOW.items()),
        error_messages={"required": "Select how they gave it"},
    )
    given_on = DateField(label="When did they give it?", help_text="For example, 27 3 2027")
    looks = {
        "where": Look(size="m"),
        "categories": Look(size="s", small=True),
        "given_by": Look(size="s"),
        "capacity": Look(size="s", choices={"competent": Choice(reveals=("competent_because",))}),
        "competent_because": Look(rows=3),
        "how": Look(size="s", inline=True),
        "given_on": Look(size="s"),
    }

    def __init__(
        self,
        *args: Any,
        places: Mapping[str, str],
        people: Mapping[str, str],
        categories: Mapping[str, str],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, open_to_it in (("where", places), ("given_by", people), ("categories", categories)):
            self.fields[name].choices = list(open_to_it.items())  # type: ignore[attr-defined]
        self.fields["given_on"].latest = on  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unsaid = not said.get("competent_because") and "competent_because" not in self.errors
        if said.get("capacity") == "competent" and unsaid:
            self.add_error("competent_because", "Say why they are able to decide this")
        return said


class WithdrawForm(PageForm):
    """Who withdrew a consent: nothing else is asked, and no reason."""

    withdrawn_by = forms.ChoiceField(
        label="Who withdrew it?",
        help_text="They need not say why. Nothing more is sent on this consent from the moment you save this.",
        widget=forms.RadioSelect,
        choices=list(WITHDRAWN_BY.items()),
        initial="giver",
    )
    looks = {"withdrawn_by": Look(size="m")}
