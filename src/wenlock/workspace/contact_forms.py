"""The questions of the front door: what came in, whom it is about, what follows, and what the teller was told."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from wenlock.agencies.codes import OTHER_AUTHORITY
from wenlock.base.pages.fields import DateField, TimeField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look, Section
from wenlock.intake import codes
from wenlock.intake.actions import Named, Telling
from wenlock.law.calendars import LONDON
from wenlock.practice.child_in_need.codes import PRIMARY_NEEDS, REFERRAL_SOURCES
from wenlock.workspace.likely import Likely

# The people a contact is asked about at once; more are added afterwards.
PLACES = ("First person", "Second person", "Third person", "Fourth person")
BY_HAND = ("telephone", "face-to-face", "letter", "email")  # ways in that a worker writes down
NEW = "new"
CHOOSE = ("", "Choose one")
ORIGINATOR_CODES = [(code.code, code.name) for code in codes.ORIGINATOR_CODES if code.code != "none-given"]


class PersonFields:
    """The questions about one person, each name ending in the same mark."""

    names = ("mentioned_as", "given", "family", "born_on", "relationship", "where")

    def __init__(self, mark: str, *, latest: Any) -> None:
        self.mark, self.latest = mark, latest

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the questions."""
        return tuple(f"{name}{self.mark}" for name in self.names)

    def ask(self, form: forms.Form) -> None:
        """Add the questions to a form."""
        asked: Mapping[str, forms.Field] = {
            "mentioned_as": forms.ChoiceField(
                label="Child or adult", choices=list(codes.MENTIONED_AS.items()), required=False
            ),
            "given": forms.CharField(label="Given name", max_length=120, required=False),
            "family": forms.CharField(label="Family name", max_length=120, required=False),
            "born_on": DateField(label="Date of birth", required=False, latest=self.latest),
            "relationship": forms.CharField(
                label="Who they are to each other or to the teller",
                max_length=80,
                required=False,
                help_text="For example, mother",
            ),
            "where": forms.CharField(label="Home, school or where they are", max_length=300, required=False),
        }
        form.fields.update({f"{name}{self.mark}": field for name, field in asked.items()})

    def named(self, said: Mapping[str, Any]) -> Named | None:
        """The person, or None where nothing was said of one."""
        told: dict[str, Any] = {name: said.get(f"{name}{self.mark}") for name in self.names}
        if not any(told[name] for name in self.names[1:]):
            return None
        return Named(**{**told, "mentioned_as": told["mentioned_as"] or "child"})


class TakeForm(PageForm):
    """A contact as a worker takes it. `sources` and `agencies` are offered; an agency belongs to one source."""

    channel = forms.ChoiceField(
        label="How did it come?", widget=forms.RadioSelect,
        error_messages={"required": "Select how it came"},
    )  # fmt: skip
    received_on = DateField(label="Day it came")
    received_time = TimeField(label="Time", required=False, help_text="If you know it, like 2:05pm")
    place = forms.CharField(label="Where did you meet?", max_length=200, required=False)
    present = forms.CharField(
        label="Who was there?",
        max_length=300,
        required=False,
        help_text="Besides you",
    )
    teller = forms.ChoiceField(
        label="Who is telling us?", choices=list(codes.TELLERS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select who is telling us"},
    )  # fmt: skip
    source = forms.ChoiceField(
        label="What are they to the child?",
        error_messages={
            "required": "Select what they are to the child",
            "invalid_choice": "The notice names no such source. Select the one that is nearest",
        },
    )
    agency = forms.ChoiceField(
        label="Which school, surgery, force or office?", required=False,
        help_text="If they work for one. If it is not listed, write its name below.",
    )  # fmt: skip
    new_agency = forms.CharField(
        label="Name of the one that is not listed", max_length=200, required=False,
        help_text="It will be listed from then on",
    )  # fmt: skip
    new_number = forms.RegexField(
        r"^[0-9]{3}$", label="Its three-figure number", max_length=3, required=False,
        help_text="For another council, as the Department for Education lists it",
        error_messages={"invalid": "The number must have three figures, like 893"},
    )  # fmt: skip
    originator_code = forms.ChoiceField(
        label="Handling code", choices=[("", "They gave none"), *ORIGINATOR_CODES], required=False,
        help_text="If the police gave one. Without one, they are asked before it is passed on.",
    )  # fmt: skip
    teller_name = forms.CharField(label="Their name", max_length=150, required=False)
    teller_role = forms.CharField(label="Their job", max_length=150, required=False)
    teller_reach = forms.CharField(
        label="How to reach them", max_length=300, required=False, help_text="And when it is safe to"
    )
    in_confidence = forms.BooleanField(
        label="They ask that the family is not told who they are", required=False
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=list(codes.KINDS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )  # fmt: skip
    complaint_about = forms.ChoiceField(
        label="What is the complaint of?",
        choices=list(codes.COMPLAINT_ABOUT.items()),
        initial="unsure",
        required=False,
    )
    words = forms.CharField(
        label="What did they say?", max_length=20_000, widget=forms.Textarea,
        help_text="As nearly as you can in their own words.",
        error_messages={"required": "Write what they said"},
    )  # fmt: skip
    danger = forms.ChoiceField(
        label="Can it wait?", choices=list(codes.DANGERS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select whether it can wait"},
    )  # fmt: skip
    agreed = forms.ChoiceField(
        label="Does the family know?", choices=list(codes.AGREED.items()), initial="not-asked"
    )

    def __init__(
        self,
        *args: Any,
        now: datetime,
        channels: Mapping[str, str],
        sources: Mapping[str, str],
        agencies: Mapping[str, Mapping[str, str]],
        bodies: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.agencies, self.bodies = now, agencies, bodies
        today = now.astimezone(LONDON).date()
        self.fields["channel"].choices = [(code, channels[code]) for code in BY_HAND if code in channels]  # type: ignore[attr-defined]
        self.fields["source"].choices = [CHOOSE, *sources.items()]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [CHOOSE, *self._agencies(sources)]  # type: ignore[attr-defined]
        self.fields["received_on"].latest = today  # type: ignore[attr-defined]
        self.people = tuple(PersonFields(f"_{place}", latest=today) for place in range(len(PLACES)))
        for person in self.people:
            person.ask(self)
        self.looks = self._looks()
        self.sections = tuple(self._sections())

    def _agencies(self, sources: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for source, named in self.agencies.items():
            yield sources.get(source, source), list(named.items())

    def _looks(self) -> dict[str, Look]:
        small = Look(small=True)
        return {
            **dict.fromkeys(("teller", "danger", "in_confidence"), small),
            "channel": Look(choices={codes.FACE_TO_FACE: Choice(reveals=("place", "present"))}, small=True),
            "kind": Look(small=True, choices={"complaint": Choice(reveals=("complaint_about",))}),
            "received_time": Look(width=5),
            "words": Look(rows=10),
            **{name: Look(width="two-thirds") for name in ("teller_name", "teller_role", "new_agency")},
            "new_number": Look(width=3),
            **{name: Look(width="two-thirds") for person in self.people for name in person.fields[1:3]},
        }

    def _sections(self) -> Iterator[Section]:
        yield Section("How it came", ("channel", "received_on", "received_time"))
        body = ("agency", "new_agency", "new_number", "originator_code")
        told = ("teller", "source", *body, "teller_name", "teller_role", "teller_reach")
        yield Section("Who is telling us", (*told, "in_confidence"))
        yield Section("What they told us", ("kind", "words", "danger", "agreed"))
        for title, person in zip(PLACES, self.people, strict=True):
            note = "Who it is about. Leave empty what you were not told." if title == PLACES[0] else ""
            yield Section(title, person.fields, note=note, together=True, folded=title != PLACES[0])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._asks_which_body(said)
        self._asks_who_met(said)
        if said.get("teller") == "unnamed" and said.get("teller_name"):
            self.add_error("teller_name", "Leave the name empty, or say who is telling us")
        if said.get("received_on"):
            said["received_at"] = self._received_at(said)
        return said

    def _asks_which_body(self, said: Mapping[str, Any]) -> None:
        source, agency, new = said.get("source", ""), said.get("agency"), said.get("new_agency")
        if agency and agency not in self.agencies.get(source, {}):
            self.add_error("agency", "Choose one of the kind you selected, or write its name below")
        elif source in self.bodies and not (agency or new):
            self.add_error("agency", "Choose which one it was, or write its name below")
        elif new and not agency and source == OTHER_AUTHORITY and not said.get("new_number"):
            self.add_error("new_number", "Give the council’s three-figure number")

    def _asks_who_met(self, said: Mapping[str, Any]) -> None:
        if said.get("channel") != codes.FACE_TO_FACE:
            return
        for name, problem in (("place", "Say where you met"), ("present", "Say who was there")):
            if not said.get(name):
                self.add_error(name, problem)

    def _received_at(self, said: Mapping[str, Any]) -> datetime:
        """The instant in London. A day without a time is taken at its first moment, so that no clock starts late."""
        moment = datetime.combine(said["received_on"], said.get("received_time") or time(0), tzinfo=LONDON)
        if moment > self.now:
            raise ValidationError({"received_time": "The time must not be later than now"})
        return moment

    def telling(self, agency: UUID | None) -> Telling:
        """What was told, and by whom; `agency` is the very body it came from."""
        names = ("kind", "words", "teller", "teller_name", "teller_role", "teller_reach", "in_confidence")
        said = self.cleaned_data
        more = ("danger", "agreed", "originator_code", "present")
        complaint = (said["complaint_about"] or "unsure") if said["kind"] == "complaint" else ""
        told = {name: said[name] for name in (*names, *more)}
        return Telling(**told, agency=agency, complaint_about=complaint)

    def about(self) -> list[Named]:
        """Everybody it is about."""
        return [named for person in self.people if (named := person.named(self.cleaned_data))]


class MentionForm(PageForm):
    """Somebody else a contact turns out to be about."""

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = PersonFields("", latest=today)
        self.person.ask(self)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and self.person.named(said) is None:
            raise ValidationError("Write what you know of them: a name, an age or where they live")
        return said


class MatchForm(PageForm):
    """Which record is this? `found` are the people a search gives, by key."""

    person = forms.ChoiceField(
        label="Is it one of these?", widget=forms.RadioSelect,
        error_messages={"required": "Select a record, or begin a new one"},
    )  # fmt: skip

    def __init__(self, *args: Any, found: Mapping[UUID, Likely], may_begin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(key), one.name) for key, one in found.items()]
        looks = {str(key): Choice(hint=one.hint) for key, one in found.items()}
        if may_begin:
            choices.append((NEW, "None of these: begin a new record"))
            looks[NEW] = Choice(divider="or" if found else "")
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.looks = {"person": Look(choices=looks, size="m")}


class ScreeningForm(PageForm):
    """What a worker finds out while screening."""

    text = forms.CharField(
        label="Your screening note", max_length=20_000, required=False, widget=forms.Textarea,
        help_text="Whom you asked, what they said, and what the record shows.",
    )  # fmt: skip
    looks = {"text": Look(rows=6)}


class DecisionForm(PageForm):
    """What follows, what was seen, and why. A referral opens an episode, so it asks what the census asks."""

    outcome = forms.ChoiceField(
        label="What follows?",
        choices=[(each.code, each.name) for each in codes.OUTCOMES if each.code not in codes.ANSWERS],
        widget=forms.RadioSelect, error_messages={"required": "Select what follows"},
    )  # fmt: skip
    referral_source = forms.ChoiceField(
        label="Source of the referral", choices=[CHOOSE, *REFERRAL_SOURCES.items()], required=False
    )
    need = forms.ChoiceField(
        label="Main need, as far as it is known", choices=[CHOOSE, *PRIMARY_NEEDS.items()], required=False
    )
    seen = forms.CharField(
        label="What did you look at?", max_length=4000, widget=forms.Textarea,
        help_text="The record, earlier contacts, what agencies said.",
        error_messages={"required": "Say what you looked at before deciding"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=4000, widget=forms.Textarea,
        error_messages={"required": "Say why you decided so"},
    )  # fmt: skip
    looks = {
        "outcome": Look(
            choices={
                outcome.code: Choice(
                    hint=outcome.says,
                    reveals=("referral_source", "need") if outcome.code == "referral" else (),
                )
                for outcome in codes.OUTCOMES
            }
        ),
        "seen": Look(rows=4),
        "reason": Look(rows=4),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == "referral":
            for name, problem in (
                ("referral_source", "the source of the referral"),
                ("need", "the main need"),
            ):
                if not said.get(name):
                    self.add_error(name, f"Select {problem}")
        return said


class FeedbackForm(PageForm):
    """What whoever made contact was told."""

    how = forms.ChoiceField(
        label="How did you tell them?", choices=list(codes.HOW_TOLD.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select how you told them"},
    )  # fmt: skip
    words = forms.CharField(
        label="What did you tell them?", max_length=4000, required=False, widget=forms.Textarea,
        help_text="Only what they need to know: somebody outside the family is not told its business.",
    )  # fmt: skip
    why_not = forms.CharField(label="Why were they not told?", max_length=500, required=False)
    looks = {"how": Look(choices={"not-told": Choice(reveals=("why_not",))}), "words": Look(rows=4)}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") == "not-told":
            said["words"] = ""
            if not said.get("why_not"):
                self.add_error("why_not", "Say why they were not told")
        elif said.get("how"):
            said["why_not"] = ""
            if not said.get("words"):
                self.add_error("words", "Say what you told them")
        return said
