"""The sentences a field says when an answer will not do, from its label, where its author gave none.

Spec: https://design-system.service.gov.uk/components/error-message/
"""

from django import forms
from django.forms.utils import pretty_name


def say_plainly(name: str, field: forms.Field) -> None:
    """Give the field a label, and its errors our words; sentences its author chose are left alone."""
    if field.label is None:
        field.label = pretty_name(name)
    for code, sentence in sentences(field).items():
        if _is_djangos(field, code):
            field.error_messages[code] = sentence


def sentences(field: forms.Field) -> dict[str, str]:
    """What the field says, by the code of the error."""
    label = str(field.label)
    subject = label if not _is_question(label) else "Your answer"
    return {"required": _ask(field, label)} | _limits(subject.replace("%", "%%")) | _kinds(field, subject)


def _ask(field: forms.Field, label: str) -> str:
    verb = "Enter"
    if isinstance(field, (forms.ChoiceField, forms.FileField)):
        verb = "Select"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box to confirm: {label}"
    if _is_question(label):
        return f"{verb} an answer to “{label}”"
    return f"{verb} {_lowered(label)}"


def _limits(subject: str) -> dict[str, str]:
    return {
        "max_length": f"{subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "min_value": f"{subject} must be %(limit_value)s or more",
    }


def _kinds(field: forms.Field, subject: str) -> dict[str, str]:
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an email address in the correct format, like name@example.com"}
    if isinstance(field, (forms.FloatField, forms.DecimalField)):
        return {"invalid": f"{subject} must be a number, like 4.5"}
    if isinstance(field, forms.IntegerField):
        return {"invalid": f"{subject} must be a whole number, like 4"}
    if isinstance(field, forms.FileField):
        return {"empty": "The selected file is empty", "invalid": "Select the file again: it did not arrive"}
    if isinstance(field, forms.ChoiceField):
        return {"invalid_choice": "Select one of the answers shown"}
    return {}


_LIMITS = {
    "max_length",
    "min_length",
    "max_value",
    "min_value",
}  # said by validators, unless the field says them


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Whether the sentence for the code is still the framework's own."""
    if code in _LIMITS:
        return code not in field.error_messages
    said = field.error_messages.get(code)
    frameworks = (kind for kind in type(field).__mro__ if kind.__module__.startswith("django."))
    theirs = [vars(kind).get("default_error_messages", {}).get(code) for kind in frameworks]
    return said is None or said in theirs


def _is_question(label: str) -> bool:
    return label.rstrip().endswith("?")


def _lowered(label: str) -> str:
    """The label in the middle of a sentence: its first letter small, unless the first word is an acronym."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
