"""Every kind of question drawn as a form: labels, hints, errors, ids that lead somewhere, and plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from lxml import html

from wenlock.base.pages.fields import DateField, NameField, PartialDateField, TimeField, YesNoField
from wenlock.base.pages.forms import PageForm, error_summary
from wenlock.base.pages.looks import Choice, Look

CHOICES = (("a", "Apple"), ("b", "Bear"), ("none", "None of these"))


class Everything(PageForm):
    """One question of each kind the house asks."""

    looks = {
        "age": Look(width=3, suffix="years"),
        "contact": Look(
            choices={"a": Choice(hint="In the day", reveals=("tel", "email")), "none": Choice(divider="or")}
        ),
        "needs": Look(small=True, choices={"none": Choice(divider="or", exclusive=True)}),
        "full_name": Look(size="l", page_heading=True),
        "find": Look(label_hidden=True),
    }
    full_name = NameField(label="Full name", max_length=80, help_text="As on the birth certificate")
    born_on = DateField(label="Date of birth", help_text="For example, 27 3 2012")
    moved_on = PartialDateField(label="Date they moved")
    called_at = TimeField(label="Time of the call", help_text="Like 2:05pm")
    age = forms.IntegerField(label="Age", help_text="In years")
    cost = forms.DecimalField(label="Cost")
    email = forms.EmailField(label="Email address", help_text="Where we write")
    tel = forms.CharField(
        label="Phone number", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    find = forms.CharField(label="Search", widget=forms.TextInput(attrs={"type": "search"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    contact = forms.ChoiceField(label="How should we call?", choices=CHOICES, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Factors", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="All that apply"
    )
    several = forms.MultipleChoiceField(label="Services", choices=CHOICES)
    team = forms.ChoiceField(
        label="Team", choices=(("", "Choose"), ("North", (("n", "Intake"),))), help_text="One"
    )
    happened = forms.CharField(
        label="What happened?", widget=forms.Textarea, max_length=500, help_text="In full"
    )
    more = forms.CharField(label="Anything else", widget=forms.Textarea, help_text="If you like")
    safe = YesNoField(label="Is the child safe?", help_text="Tonight")
    document = forms.FileField(label="Document", help_text="A PDF")
    agreed = forms.BooleanField(label="I have seen the child", help_text="Alone")
    case = forms.CharField(widget=forms.HiddenInput, required=False)


EMPTY: dict[str, Any] = {}


def parsed(markup: object) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{markup}</div>")


def drawn(form: forms.BaseForm) -> html.HtmlElement:
    return parsed(f"{error_summary(form)}{form}")


def ids(page: html.HtmlElement) -> list[str]:
    return [str(one) for one in page.xpath("//@id")]


@pytest.mark.parametrize("form", [Everything(), Everything(EMPTY)], ids=["fresh", "all wrong"])
def test_every_id_is_there_once_and_everything_that_points_to_one_finds_it(form: Everything) -> None:
    page = drawn(form)
    there = ids(page)
    pointing = " ".join(
        page.xpath("//@aria-describedby | //@for | //@aria-controls | //@data-aria-controls")
    ).split()
    pointing += [link.lstrip("#") for link in page.xpath("//a/@href")]
    assert len(there) == len(set(there))
    assert pointing
    assert set(pointing) <= set(there)


def test_every_control_has_a_label_and_every_group_a_legend() -> None:
    page = drawn(Everything())
    labelled = set(page.xpath("//label/@for"))
    controls = page.xpath("//input[not(@type='hidden')]/@id | //select/@id | //textarea/@id")
    assert set(controls) <= labelled
    assert all(group.xpath("string(legend)").strip() for group in page.xpath("//fieldset"))


@pytest.mark.parametrize(
    "name", [n for n in Everything.base_fields if n not in ("case", "cost", "tel", "password")]
)
def test_what_describes_a_control_is_its_own_hint_and_error(name: str) -> None:
    form = Everything(EMPTY)
    page = parsed(form[name])
    described = " ".join(page.xpath("//@aria-describedby")).split()
    assert f"id_{name}-error" in described
    assert (f"id_{name}-hint" in described) == bool(form[name].help_text)


def test_the_link_of_each_error_goes_to_a_control_that_can_be_focused() -> None:
    page = drawn(Everything(EMPTY))
    for link in page.xpath("//a/@href"):
        assert page.get_element_by_id(link[1:]).tag in ("input", "select", "textarea")


def test_each_error_is_listed_once_in_the_order_of_the_questions() -> None:
    form = Everything(EMPTY)
    listed = [link.text_content() for link in drawn(form).xpath("//ul[contains(@class, 'error-summary')]//a")]
    assert listed == [str(message) for bound in form for message in bound.errors]
    assert listed[:2] == ["Enter full name", "Enter date of birth"]


def test_the_link_of_a_dates_error_goes_to_the_box_that_is_wrong_and_only_that_box_is_marked() -> None:
    form = Everything({"born_on_day": "3", "born_on_year": "2016"})
    page = drawn(form)
    (link,) = page.xpath("//a[contains(., 'Date of birth must include a month')]/@href")
    marked = parsed(form["born_on"]).xpath("//input[contains(@class, 'govuk-input--error')]/@name")
    assert (link, marked) == ("#id_born_on_month", ["born_on_month"])
    assert page.xpath("//input[@name='born_on_day']/@value") == ["3"]


def test_nothing_is_summed_up_when_nothing_is_wrong() -> None:
    assert error_summary(Everything()) == ""


def test_an_error_of_the_whole_form_leads_to_its_first_question_and_shows_first() -> None:
    form = Everything(EMPTY)
    form.add_error(None, "The two dates do not agree")
    first = drawn(form).xpath("//ul[contains(@class, 'error-summary')]//a")[0]
    assert (first.text_content(), first.get("href")) == ("The two dates do not agree", "#id_full_name")


def test_checkboxes_are_not_taken_for_radios() -> None:
    page = drawn(Everything({"needs": ["a", "b"], "several": ["b"]}))
    assert page.xpath("//input[@name='needs']/@type") == ["checkbox"] * 3
    assert page.xpath("//input[@name='needs'][@checked]/@value") == ["a", "b"]
    assert page.xpath("//input[@name='several'][@checked]/@value") == ["b"]
    assert page.xpath("//input[@name='contact']/@type") == ["radio"] * 3


def test_a_choice_reveals_its_questions_and_they_are_asked_nowhere_else() -> None:
    page = drawn(Everything())
    (revealed,) = page.xpath("//*[@id='conditional-id_contact']")
    assert revealed.xpath(".//input/@name") == ["tel", "email"]
    assert page.xpath("//input[@name='contact'][@data-aria-controls]/@value") == ["a"]
    assert len(page.xpath("//input[@name='tel']")) == 1


def test_radios_show_that_nothing_is_chosen_without_a_blank_choice() -> None:
    class Blank(PageForm):
        fruit = forms.ChoiceField(
            choices=(("", "---------"), *CHOICES), widget=forms.RadioSelect, required=False
        )

    assert parsed(Blank()["fruit"]).xpath("//input/@value") == ["a", "b", "none"]


def test_a_control_drawn_by_itself_points_to_nothing_that_is_not_there() -> None:
    assert "aria-describedby" not in Everything(EMPTY)["age"].as_widget()


def test_choices_have_their_hints_dividers_and_an_exclusive_none() -> None:
    page = drawn(Everything())
    assert page.xpath("//*[@id='id_contact-item-hint']")[0].text_content().strip() == "In the day"
    assert [one.text for one in page.xpath("//*[contains(@class, '__divider')]")] == ["or", "or"]
    assert page.xpath("//input[@data-behaviour='exclusive']/@value") == ["none"]


def test_numbers_are_typed_as_text_with_the_right_keys_shown() -> None:
    page = drawn(Everything())
    assert page.xpath("//input[@name='age']/@type") == ["text"]
    assert page.xpath("//input[@name='age']/@inputmode") == ["numeric"]
    assert page.xpath("//input[@name='cost']/@inputmode") == ["decimal"]
    assert not page.xpath("//input[@type='number' or @type='date']")


@pytest.mark.parametrize(("name", "kind"), [("email", "email"), ("tel", "tel"), ("find", "search")])
def test_each_kind_of_text_has_its_own_box(name: str, kind: str) -> None:
    assert parsed(Everything()[name]).xpath(f"//input[@name='{name}']/@type") == [kind]


def test_names_are_neither_spell_checked_nor_filled_in() -> None:
    (box,) = parsed(Everything()["full_name"]).xpath("//input")
    assert (box.get("spellcheck"), box.get("autocomplete")) == ("false", "off")


def test_a_label_can_be_the_pages_heading() -> None:
    (heading,) = parsed(Everything()["full_name"]).xpath("//h1/label")
    assert "govuk-label--l" in heading.get("class")


def test_a_birthday_of_ones_own_may_be_filled_in_by_the_browser() -> None:
    class Mine(PageForm):
        born_on = DateField()

        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.fields["born_on"].widget.attrs["autocomplete"] = "bday"

    assert parsed(Mine()).xpath("//input/@autocomplete") == ["bday-day", "bday-month", "bday-year"]


def test_a_paste_too_long_is_kept_and_explained_and_never_cut() -> None:
    form = Everything({"happened": "x" * 501, "full_name": "y" * 81})
    page = drawn(form)
    assert form["full_name"].errors == ["Full name must be 80 characters or fewer"]
    assert page.xpath("//textarea[@name='happened']")[0].text.strip() == "x" * 501
    assert not page.xpath("//@maxlength")
    assert page.xpath("//@data-maxlength") == ["500"]


def test_a_password_is_never_sent_back() -> None:
    assert "letmein" not in str(Everything({"password": "letmein"}))


def test_what_people_type_is_never_taken_for_markup() -> None:
    nasty = "<script>alert(1)</script>"
    form = Everything(dict.fromkeys(Everything.base_fields, nasty) | {"born_on_day": nasty, "needs": [nasty]})
    form.add_error("full_name", nasty)
    assert "<script" not in f"{error_summary(form)}{form}"


def test_no_control_is_styled_or_scripted_in_place_or_checked_by_the_browser() -> None:
    page = drawn(Everything(EMPTY))
    assert not page.xpath("//@style | //@required | //@*[starts-with(name(), 'on')] | //script | //style")


def test_a_field_that_may_not_be_changed_is_drawn_so() -> None:
    form = Everything(initial={"born_on": date(2016, 3, 3)})
    for name in ("born_on", "age", "team", "contact", "agreed"):
        form.fields[name].disabled = True
        controls = parsed(form[name]).xpath(f"//*[starts-with(@name, '{name}')]")
        assert controls
        assert all(one.get("disabled") is not None for one in controls), name


def test_hidden_fields_have_no_label_and_are_sent() -> None:
    page = drawn(Everything(initial={"case": "7"}))
    assert page.xpath("//input[@type='hidden'][@name='case']/@value") == ["7"]
    assert "Case" not in page.text_content()


def test_a_group_of_choices_is_named_before_each_of_its_choices() -> None:
    words = [one.text.strip() for one in parsed(Everything()["team"]).xpath("//option")]
    assert words == ["Choose", "North: Intake"]
