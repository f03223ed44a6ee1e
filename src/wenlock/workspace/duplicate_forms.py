"""The questions of two records that may be one person's: which stands, what is kept, who will see more, and why."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Choice, Look
from wenlock.people.comparing import Comparison
from wenlock.people.merging import Reader


class MergeForm(PageForm):
    """How two records become one. Asks of each fact that differs which record is right."""

    def __init__(self, *args: Any, comparison: Comparison, readers: Sequence[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comparison, self.readers = comparison, readers
        ids = (str(comparison.first.id), str(comparison.second.id))
        names = (f"The first: {comparison.first.name}", f"The second: {comparison.second.name}")
        self._ask_which(
            "stands", "Which record stands?", dict(zip(ids, names, strict=True)),
            asks="Select which record stands", hint="The other is kept, and links to it lead to this one.",
        )  # fmt: skip
        for fact in comparison.differing:
            self._ask_which(
                fact.key, f"{fact.label}: which is right?", {ids[0]: fact.first, ids[1]: fact.second},
                asks=f"Select which {fact.label.lower()} is right",
            )  # fmt: skip
        self._ask_what_is_kept()
        self._ask_who_sees()
        self.fields["reason"] = forms.CharField(
            label="Why are these one person?", max_length=500, widget=forms.Textarea,
            help_text="What you checked, and with whom.",
            error_messages={"required": "Say why these are one person"},
        )  # fmt: skip
        self.looks = {**self.looks, "reason": Look(size="s", rows=3)}

    def _ask_which(
        self, name: str, label: str, choices: Mapping[str, str], *, asks: str, hint: str = ""
    ) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=list(choices.items()), widget=forms.RadioSelect, help_text=hint,
            error_messages={"required": asks},
        )  # fmt: skip
        self.looks = {**self.looks, name: Look(size="s", small=True)}

    def _ask_what_is_kept(self) -> None:
        rows = self.comparison.several
        if not rows:
            return
        self.fields["kept"] = forms.MultipleChoiceField(
            label="What is kept?", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(row.id), f"{row.kind}: {row.says}") for row in rows],
            initial=[str(row.id) for row in rows],
            help_text="Clear what is wrong. It stays with the record that does not stand.",
        )  # fmt: skip
        whose = {self.comparison.first.id: "First record", self.comparison.second.id: "Second record"}
        hints = {str(row.id): Choice(hint=whose[row.of]) for row in rows}
        self.looks = {**self.looks, "kept": Look(size="s", small=True, choices=hints)}

    def _ask_who_sees(self) -> None:
        if self.readers:
            self.fields["shown"] = forms.BooleanField(
                label="They need to see the whole record for their work",
                error_messages={"required": "Say that those named need to see the whole record"},
            )

    @property
    def stands(self) -> UUID:
        """The record that stands."""
        return UUID(self.cleaned_data["stands"])

    @property
    def goes(self) -> UUID:
        """The record merged into it."""
        both = {self.comparison.first.id, self.comparison.second.id}
        return (both - {self.stands}).pop()

    def choices(self) -> dict[str, Any]:
        """What `merging.merge` takes of the answers."""
        said = self.cleaned_data
        kept = set(said.get("kept", ()))
        return {
            "fields": {fact.key: UUID(said[fact.key]) for fact in self.comparison.differing},
            "aside": [row.id for row in self.comparison.several if str(row.id) not in kept],
            "seen_by": [reader.id for reader in self.readers],
            "reason": said["reason"],
        }


class UndoMergeForm(PageForm):
    """Why two records that were merged are two people's."""

    reason = forms.CharField(
        label="Why are these two people?", max_length=500, widget=forms.Textarea,
        error_messages={"required": "Say why these are two people"},
    )  # fmt: skip
    looks = {"reason": Look(size="s", rows=3)}
