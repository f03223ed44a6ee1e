"""What is asked of somebody signing in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.looks import Look
from wenlock.security.models import Actor


def code_field(label: str) -> forms.CharField:
    """Six figures from an authenticator app, with or without the space it shows them with."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": False}
    return forms.CharField(
        label=label,
        max_length=12,
        help_text="The 6-figure number your authenticator app shows now. Each number works once.",
        widget=forms.TextInput(attrs=attrs),
    )


def email_field() -> forms.EmailField:
    """An address at work."""
    return forms.EmailField(
        label="Email address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class PasswordAndCodeForm(PageForm):
    """Password and code together, so that neither alone is ever answered."""

    looks = {"code": Look(width=10)}
    email = email_field()
    password = forms.CharField(
        label="Password",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = code_field("Code")


class CodeForm(PageForm):
    """A code alone, from somebody already signed in."""

    looks = {"code": Look(width=10)}
    code = code_field("Code")


class FirstTimeForm(PageForm):
    """The address and the one-time code the operator gave."""

    email = email_field()
    code = forms.CharField(
        label="One-time code",
        max_length=40,
        help_text="You were given it in person or by telephone, like abcde-fghjk-mnpqr-stuvw.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False, "autocapitalize": "none"}),
    )


class NewPasswordForm(PageForm):
    """A new password, and a code to show that the authenticator app has the secret."""

    looks = {"code": Look(width=10)}
    password = forms.CharField(
        label="New password",
        max_length=128,
        strip=False,
        help_text="At least 12 characters. Three random words are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = code_field("Code from the app")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.actor)
        return password


class EndSessionForm(forms.Form):
    """Which session to end; empty for all but this one."""

    session = forms.IntegerField(required=False, min_value=1)
