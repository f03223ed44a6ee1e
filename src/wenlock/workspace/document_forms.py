"""The questions a document asks."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Look, Section
from wenlock.files.sniffing.refusals import SENTENCES
from wenlock.practice.case.codes import DOCUMENT_CLASSES

KINDS = (
    "A PDF, Word, Excel or PowerPoint document, a picture, a scan, an e-mail, a recording or plain text, "
    "up to 100 MB."
)
AGAIN = "Choose the file again. Your browser does not keep it when the page is shown again."


class FileForm(PageForm):
    """Asks for one file; the file of the form that follows comes last, after what explains it."""

    file = forms.FileField(label="Choose a file", help_text=KINDS)
    looks: Mapping[str, Look] = {"file": Look(size="m")}

    def __init__(self, *args: Any, too_big: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = SENTENCES["too-big"] if too_big else "Choose a file"
        self.fields["file"].error_messages |= {"required": missing, "empty": SENTENCES["empty"]}
        self.fields["file"].error_messages["max_length"] = (
            "The name of the file is too long. Give it a shorter one."
        )

    def ask_again(self) -> None:
        """Say that the file must be chosen again, when something else was wrong."""
        if self.is_bound and self.errors and "file" not in self.errors:
            self.add_error("file", AGAIN)


class DocumentForm(FileForm):
    """A document. `people` are those it may be about, id to name; `told` the notice's (channels, sources)."""

    title = forms.CharField(
        label="Title", max_length=200, help_text="Say what it is, without names if you can."
    )
    document_class = forms.ChoiceField(
        label="What kind of document is it?", choices=[("", "Choose one"), *DOCUMENT_CLASSES.items()]
    )
    dated_on = DateField(
        label="Date on the document",
        required=False,
        help_text="Leave it blank if it has none. For example, 27 3 2026",
    )
    third_party = forms.BooleanField(label="This tells of somebody outside the family", required=False)
    irreplaceable = forms.BooleanField(
        label="There is no other copy of this, or it matters to the child",
        required=False,
        help_text="It is then never disposed of together with others.",
    )
    field_order = [
        "title",
        "document_class",
        "dated_on",
        "about",
        "third_party",
        "irreplaceable",
        "channel",
        "source",
        "file",
    ]

    def __init__(
        self,
        *args: Any,
        people: Mapping[UUID, str],
        on: date,
        told: tuple[Mapping[str, str], Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = "Enter a title"
        self.fields["document_class"].error_messages["required"] = "Select what kind of document it is"
        self.fields["dated_on"].latest = on  # type: ignore[attr-defined]
        self._ask_about(people)
        self._ask_how(*told)
        self.order_fields(self.field_order)
        self.looks = self._looks()
        self.sections = (
            Section("The document", ("title", "document_class", "dated_on")),
            Section("The people", ("about", "third_party", "irreplaceable")),
            Section("Where this comes from", ("channel", "source"), note="Nothing is recorded without it."),
            Section("The file", ("file",)),
        )

    def _ask_about(self, people: Mapping[UUID, str]) -> None:
        choices = [(str(person), name) for person, name in people.items()]
        self.fields["about"] = forms.MultipleChoiceField(
            label="Who is it about?", choices=choices, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Select at least one person the document is about"},
        )  # fmt: skip

    def _ask_how(self, channels: Mapping[str, str], sources: Mapping[str, str]) -> None:
        for name, label, named in (
            ("channel", "How did it come?", channels),
            ("source", "Who did it come from?", sources),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", "Choose one"), *named.items()],
                error_messages={"required": f"Select an answer to “{label}”"},
            )  # fmt: skip

    @staticmethod
    def _looks() -> dict[str, Look]:
        return {
            "title": Look(width="two-thirds"),
            "about": Look(small=True),
            "third_party": Look(small=True),
            "irreplaceable": Look(small=True),
        }

    def facts(self) -> dict[str, Any]:
        """What is said of the document itself."""
        said = self.cleaned_data
        names = ("title", "document_class", "dated_on", "third_party", "irreplaceable")
        return {name: said[name] for name in names} | {"about": [UUID(person) for person in said["about"]]}
