"""What the pages of returns ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from wenlock.base.pages.forms import PageForm
from wenlock.returns.cin.actions import LARGEST


class ImportForm(PageForm):
    """Asks for a children in need census file."""

    file = forms.FileField(
        label="Census file",
        help_text=f"An XML file made for the Department for Education, up to {LARGEST // 2**20} MB.",
        error_messages={"required": "Choose the census file", "empty": "The file is empty. Choose another"},
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before any of it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(f"The file must be smaller than {LARGEST // 2**20} MB", code="large")
        return file
