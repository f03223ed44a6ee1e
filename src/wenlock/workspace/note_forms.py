"""The questions a note asks."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from wenlock.base.pages.fields import DateField, TimeField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look, Section
from wenlock.law.calendars import LONDON
from wenlock.practice.case.actions import About
from wenlock.practice.case.codes import NOTE_KINDS
from wenlock.practice.case.queries import Written

LONGEST = 100_000
SEEN = {"alone": "Seen alone", "with-others": "Seen, not alone", "not-seen": "Not seen", "": "Does not apply"}
_SAID = {"alone": (True, True), "with-others": (True, False), "not-seen": (False, False), "": (None, None)}


class NoteForm(PageForm):
    """A note. `children` are those it may be about, id to name; `finishing` says that it must be whole.

    `told` gives the channels and sources of the notice, as (channels, sources); without it the form does not ask how
    the information came, because that is known already.
    """

    kind = forms.ChoiceField(
        label="What kind of note is it?", choices=[("", "Choose one"), *NOTE_KINDS.items()]
    )
    title = forms.CharField(label="Title", max_length=150, required=False)
    happened_on = DateField(label="Day it happened", help_text="For example, 27 3 2026")
    happened_time = TimeField(label="Time", required=False, help_text="If you know it, like 2:05pm")
    text = forms.CharField(
        label="What happened?",
        required=False,
        help_text="Say what you saw and heard, and keep it apart from what you think of it.",
        widget=forms.Textarea,
        validators=[MaxLengthValidator(LONGEST)],
    )
    significance = forms.BooleanField(
        label="This is a significant event: show it on the drawn timeline", required=False
    )
    third_party = forms.BooleanField(label="This tells of somebody outside the family", required=False)

    def __init__(
        self,
        *args: Any,
        children: Mapping[UUID, str],
        now: datetime,
        finishing: bool = False,
        told: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.now = children, now
        today = now.astimezone(LONDON).date()
        self.fields["happened_on"].latest = today  # type: ignore[attr-defined]
        self.fields["title"].required = self.fields["text"].required = finishing
        self.fields["title"].error_messages["required"] = "Enter a title"
        self.fields["text"].error_messages["required"] = "Say what happened"
        self._ask_about(children)
        self._ask_how(told)
        self.looks = self._looks()
        self.sections = tuple(self._sections())

    def _ask_about(self, children: Mapping[UUID, str]) -> None:
        choices = [(str(child), name) for child, name in children.items()]
        self.fields["about"] = forms.MultipleChoiceField(
            label="Who is it about?", choices=choices, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Select at least one person the note is about"},
        )  # fmt: skip
        for child, name in children.items():
            self.fields[f"seen_{child}"] = forms.ChoiceField(
                label=f"Was {name} seen?", choices=list(SEEN.items()), required=False
            )

    def _ask_how(self, told: tuple[Mapping[str, str], Mapping[str, str]] | None) -> None:
        for name, label, named in (
            ("channel", "How did the information come?", told and told[0]),
            ("source", "Who did it come from?", told and told[1]),
        ):
            if named:
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=[("", "Choose one"), *named.items()],
                    error_messages={"required": f"Select an answer to “{label}”"},
                )

    def _looks(self) -> dict[str, Look]:
        return {
            "title": Look(width="two-thirds"),
            "happened_time": Look(width=5),
            "text": Look(rows=12),
            "about": Look(
                small=True,
                choices={str(child): Choice(reveals=(f"seen_{child}",)) for child in self.children},
            ),
            "significance": Look(small=True),
            "third_party": Look(small=True),
        }

    def _sections(self) -> Iterator[Section]:
        yield Section("The note", ("kind", "title", "happened_on", "happened_time", "text"))
        yield Section("The people", ("about", "significance", "third_party"))
        if "channel" in self.fields:
            yield Section(
                "Where this comes from", ("channel", "source"), note="Nothing is recorded without it."
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("happened_on") and "happened_time" in said:
            said["happened_at"] = self._happened_at(said["happened_on"], said["happened_time"])
        return said

    def _happened_at(self, on: date, at: time | None) -> datetime:
        """The instant in London. A day without a time is taken at midday, or now if that is still to come."""
        moment = datetime.combine(on, at or time(12), tzinfo=LONDON)
        if moment > self.now:
            if at:
                raise ValidationError({"happened_time": "The time must not be later than now"})
            return self.now
        return moment

    def said_about(self) -> list[About]:
        """The people the note is about, and whether each was seen."""
        said = self.cleaned_data
        return [About(UUID(child), *_SAID[said.get(f"seen_{child}") or ""]) for child in said["about"]]

    def facts(self) -> dict[str, Any]:
        """What the note itself says."""
        names = ("kind", "title", "text", "happened_at", "significance", "third_party")
        return {name: self.cleaned_data[name] for name in names}


class RetractForm(PageForm):
    """Why a note is retracted."""

    because = forms.CharField(
        label="Why is it retracted?", max_length=500, widget=forms.Textarea,
        help_text="The note stays readable, marked as retracted, with this reason.",
        error_messages={"required": "Say why it is retracted"},
    )  # fmt: skip


def initial(note: Written) -> dict[str, Any]:
    """A note as it fills its form."""
    local = note.happened_at.astimezone(LONDON)
    said = {seen: key for key, seen in _SAID.items()}
    return {
        "kind": note.kind_code,
        "title": note.title,
        "happened_on": local.date(),
        "happened_time": local.time().replace(second=0, microsecond=0),
        "text": note.text,
        "significance": note.significance,
        "third_party": note.third_party,
        "about": [str(one.person) for one in note.about],
        **{f"seen_{one.person}": said.get((one.seen, one.seen_alone), "") for one in note.about},
    }
