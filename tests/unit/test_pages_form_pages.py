"""Forms as pages: sections, titles, sets of forms, forms from elsewhere, and the words of errors."""

from __future__ import annotations

import pytest
from django import forms
from django.template import engines
from lxml import html

from wenlock.base.pages.fields import NameField
from wenlock.base.pages.forms import PageForm, error_summary, form_page
from wenlock.base.pages.looks import Section


def parsed(markup: object) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{markup}</div>")


def drawn(form: forms.BaseForm) -> html.HtmlElement:
    return parsed(f"{error_summary(form)}{form}")


def ids(page: html.HtmlElement) -> list[str]:
    return [str(one) for one in page.xpath("//@id")]


class Sectioned(PageForm):
    sections = (Section("The child", ("name",), "What you know is enough."),)
    name = NameField()
    reason = forms.CharField()


def test_sections_head_their_questions_and_a_question_in_none_is_still_asked() -> None:
    page = drawn(Sectioned())
    assert page.xpath("//section/h2/text()") == ["The child"]
    assert page.xpath("//section//input/@name") == ["name"]
    assert page.xpath("//input/@name") == ["name", "reason"]


def test_the_title_says_error_only_when_there_is_one() -> None:
    assert Sectioned().page(title="New referral").title == "New referral"
    wrong = Sectioned({}).page(title="New referral")
    assert (wrong.title, wrong.heading) == ("Error: New referral", "New referral")


class Upload(PageForm):
    document = forms.FileField()


class Borrowed(forms.Form):
    """A form that knows nothing of ours, as a library's."""

    username = forms.CharField(help_text="Yours")


def test_a_form_from_elsewhere_is_drawn_and_paged_as_ours_are() -> None:
    page = drawn(Borrowed({}))
    assert page.xpath("//label[contains(@class, 'govuk-label')]/@for") == ["id_username"]
    assert form_page(Borrowed({}), title="Sign in").title == "Error: Sign in"


def test_a_set_of_forms_has_ids_of_its_own_and_one_summary() -> None:
    formset = forms.formset_factory(Sectioned, extra=0, min_num=2)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-name": "x",
            "form-0-reason": "y",
            "form-1-name": "z",
        }
    )
    page = parsed(f"{error_summary(formset)}{formset}")
    assert page.xpath("//a/@href") == ["#id_form-1-reason"]
    assert len(ids(page)) == len(set(ids(page)))
    assert "id_form-1-reason" in ids(page)


def test_a_page_that_asks_a_form_has_its_token_its_button_and_takes_files() -> None:
    text = (
        engines["jinja2"]
        .get_template("base/form_page.html")
        .render({"page": Upload({}).page(title="New referral", cancel_url="/x"), "csrf_input": "TOKEN"})
    )
    page = html.fromstring(text)
    (form,) = page.xpath("//main//form")
    assert (form.get("method"), form.get("enctype"), form.get("novalidate")) == (
        "post",
        "multipart/form-data",
        "",
    )
    assert "TOKEN" in form.text_content()
    assert page.xpath("string(//title)").startswith("Error: New referral")
    assert page.xpath("//main//h1//text()")[0] == "New referral"
    assert form.xpath(".//a[text()='Cancel']/@href") == ["/x"]


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        (forms.CharField(label="NHS number"), "required", "Enter NHS number"),
        (forms.CharField(label="Reason"), "required", "Enter reason"),
        (forms.CharField(label="Why now?"), "required", "Enter an answer to “Why now?”"),
        (forms.ChoiceField(label="Team"), "required", "Select team"),
        (forms.BooleanField(label="I agree"), "required", "Tick the box to confirm: I agree"),
        (forms.IntegerField(label="Age"), "invalid", "Age must be a whole number, like 4"),
        (forms.CharField(label="Age", error_messages={"required": "Say how old"}), "required", "Say how old"),
    ],
)
def test_an_error_says_what_to_do_in_the_words_of_the_question(
    field: forms.Field, code: str, said: str
) -> None:
    form = type("Form", (PageForm,), {"field": field})()
    assert form.fields["field"].error_messages[code] == said


def test_a_percent_sign_in_a_label_survives_a_limit() -> None:
    form = type("Form", (PageForm,), {"field": forms.CharField(label="100% of it", max_length=2)})(
        {"field": "abc"}
    )
    assert form["field"].errors == ["100% of it must be 2 characters or fewer"]
