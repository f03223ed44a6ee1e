"""The form to inherit, its page, and the summary of its errors.

A template prints a whole form with `{{ form }}`, one question with `{{ form.born_on }}`, and the box at the
top of the page with `{{ error_summary(form) }}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.safestring import SafeString

from wenlock.base.pages import controls, wording
from wenlock.base.pages.govuk import gds
from wenlock.base.pages.looks import Look, Section

Asked: TypeAlias = "forms.BaseForm | forms.BaseFormSet[Any]"


@dataclass(frozen=True, slots=True)
class FormPage:
    """What `base/form_page.html` needs to ask a form on a page of its own.

    `title` goes in the browser's tab and begins with "Error: " when there is something to put right.
    """

    title: str
    heading: str
    form: forms.BaseForm
    submit: str = "Save and continue"
    action: str = ""
    cancel_url: str = ""


class PageMixin(forms.BaseForm):
    """Plain English errors, looks and sections for a form; put it before Django's form class."""

    looks: Mapping[str, Look] = {}
    sections: tuple[Section, ...] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wording.say_plainly(name, field)

    def page(
        self, *, title: str, submit: str = "Save and continue", action: str = "", cancel_url: str = ""
    ) -> FormPage:
        """This form as what `base/form_page.html` calls `page`."""
        return form_page(self, title=title, submit=submit, action=action, cancel_url=cancel_url)

    def layout(self) -> Iterator[tuple[Section | None, list[BoundField]]]:
        """The visible questions in order, by section; those a choice reveals are drawn with that choice."""
        apart = revealed(self)
        shown = {b.name: b for b in self.visible_fields() if b.name not in apart}
        for section in self.sections:
            yield section, [shown.pop(name) for name in section.fields if name in shown]
        if shown:
            yield None, list(shown.values())


class PageForm(PageMixin, forms.Form):
    """A form as the house asks its questions."""


def form_page(form: forms.BaseForm, *, title: str, **options: str) -> FormPage:
    """Any form as a page; `options` are the other fields of FormPage."""
    return FormPage(title=page_title(title, form), heading=title, form=form, **options)


def remembered(form: forms.BaseForm) -> None:
    """Show a form filled with what was typed before, which nobody has yet asked to be right: it has no errors."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]


def page_title(title: str, *asked: Asked) -> str:
    """The title for the browser's tab, which says "Error: " first when any of the forms has one."""
    wrong = any(one.is_bound and not one.is_valid() for one in asked)
    return f"Error: {title}" if wrong else title


def revealed(form: forms.BaseForm) -> frozenset[str]:
    """The fields that are drawn inside a choice of another field."""
    looks: Mapping[str, Look] = getattr(form, "looks", {})
    return frozenset(
        name for look in looks.values() for choice in look.choices.values() for name in choice.reveals
    )


def error_summary(*asked: Asked) -> SafeString:
    """Every error of the forms in the order of their questions, each linked to its control.

    Nothing when all is well.

    Spec: https://design-system.service.gov.uk/components/error-summary/
    """
    listed = [item for form in asked for item in _errors(form)]
    return (
        gds("error-summary", titleText="There is a problem", errorList=listed) if listed else SafeString("")
    )


def _errors(asked: Asked) -> Iterator[dict[str, str]]:
    if isinstance(asked, forms.BaseFormSet):
        yield from ({"text": str(message)} for message in asked.non_form_errors())
        for form in asked.forms:
            yield from _errors(form)
        return
    whole = [{"text": str(message), "href": _first_link(asked)} for message in asked.non_field_errors()]
    yield from whole
    for bound in asked:
        href = "" if bound.is_hidden else "#" + controls.first_control(bound)
        yield from ({"text": str(message), "href": href} for message in bound.errors)


def _first_link(form: forms.BaseForm) -> str:
    visible = form.visible_fields()
    return "#" + controls.first_control(visible[0]) if visible else ""
