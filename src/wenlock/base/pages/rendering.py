"""How every form is drawn: settings name `GdsRenderer` as `FORM_RENDERER`."""

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.safestring import SafeString

from wenlock.base.pages import controls


class GdsBoundField(BoundField):
    """A field that prints as its whole question: label, hint, errors and control."""

    @property
    def aria_describedby(self) -> None:
        """Nothing: the macros say what describes a control, and Django's ids would point nowhere."""
        return None

    def as_field_group(self) -> SafeString:
        return controls.render(self)

    def __str__(self) -> SafeString:
        return controls.render(self)

    __html__ = __str__


class GdsRenderer(DjangoTemplates):
    """The project's form renderer. Hidden inputs come from Django's own templates, all else from ours."""

    form_template_name = "base/pages/form.html"
    formset_template_name = "base/pages/formset.html"
    bound_field_class = GdsBoundField

    def get_template(self, template_name: str) -> Any:
        return (
            super().get_template(template_name)
            if template_name.startswith("django/")
            else get_template(template_name)
        )
