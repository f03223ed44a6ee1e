"""The question asked of a worker about a time limit that was passed."""

from django import forms

from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Look
from wenlock.clocks.codes import BREACHES


class ReasonForm(PageForm):
    """Why a time limit was passed."""

    reason = forms.ChoiceField(
        label="What was the reason?",
        widget=forms.RadioSelect,
        choices=list(BREACHES.items()),
        error_messages={"required": "Select why the time limit was passed"},
    )
    words = forms.CharField(
        label="In your own words",
        help_text="Say what happened, and what was done for the child meanwhile. It is kept with your name.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say in your own words why the time limit was passed"},
    )
    looks = {"reason": Look(size="s"), "words": Look(size="s", rows=4)}
