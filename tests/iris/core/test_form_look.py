"""How forms come out: label, help, problem, control, wired together; a summary whose links lead somewhere."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

from iris.core.forms import Form
from iris.core.kept import sent_from_here, typed_fields


class Everything(Form):
    name = forms.CharField(help_text="As on the licence.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sectors = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple)
    country = forms.ChoiceField(choices=[("", "Choose"), ("NP", "Nepal")])
    copy = forms.FileField()
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)


class Page(HTMLParser):
    """Ids, links within the page, and what describes what."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.labels: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and str(found.get("href", "")).startswith("#"):
            self.links.append(str(found["href"])[1:])
        if found.get("aria-describedby"):
            self.described += str(found["aria-describedby"]).split()
        if tag == "label" and found.get("for"):
            self.labels.append(str(found["for"]))


def page_of(form: forms.BaseForm, source: str = "") -> tuple[str, Page]:
    source = source or '{% include "components/form.html" with form=form button="Send it" only %}'
    html = Template(source).render(RequestContext(RequestFactory().get("/"), {"form": form}))
    return html, Page(html)


def test_error_summary_links_lead_to_controls() -> None:
    _html, page = page_of(Everything(data={}))
    # One link for each of the six visible required fields; the hidden one has nowhere to lead to.
    assert len(page.links) == 6
    assert set(page.links) <= set(page.ids)
    assert "id_kind_0" in page.links
    assert "id_sectors_0" in page.links


def test_every_description_and_label_points_to_something() -> None:
    for form in (Everything(), Everything(data={}), Everything(data={}, prefix="p")):
        _html, page = page_of(form)
        assert page.described or not form.is_bound
        assert set(page.described) <= set(page.ids)
        assert set(page.labels) <= set(page.ids)
        assert len(page.ids) == len(set(page.ids))


def test_optional_is_said_and_required_is_not() -> None:
    html, _page = page_of(Everything())
    assert html.count("(optional)") == 1
    assert re.search(r"Note\s*<span class=\"optional\">", html)


def test_problem_stands_between_label_and_control() -> None:
    html, _page = page_of(Everything(data={}))
    label, problem, control = (
        html.index(part) for part in ('for="id_name"', 'id="id_name_error"', 'id="id_name"')
    )
    assert label < problem < control
    assert 'aria-invalid="true"' in html


def test_hidden_and_form_wide_problems_are_in_the_summary() -> None:
    form = Everything(data={})
    form.add_error(None, "The licence ends before the certificate would start.")
    html, _page = page_of(form)
    summary = html[html.index("error-summary") : html.index("</ul>")]
    assert "The licence ends before the certificate would start." in summary
    assert "Token" in summary


def test_form_without_problems_has_no_summary() -> None:
    html, _page = page_of(Everything())
    assert "error-summary" not in html


def test_form_component_carries_token_and_encoding() -> None:
    html, _page = page_of(Everything())
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'enctype="multipart/form-data"' in html


def test_formset_problems_are_listed() -> None:
    formset = forms.formset_factory(Everything, extra=0)(
        data={"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "x"}
    )
    html, page = page_of(
        formset,  # type: ignore[arg-type] # the tag takes formsets too
        '{% include "components/error_summary.html" with form=form only %}{% for one in form %}{{ one }}{% endfor %}',
    )
    assert "id_form-1-name" in page.links
    assert set(page.links) <= set(page.ids)
    assert html


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "http://testserver"}, True),
        ({"Referer": "http://testserver/some/page"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null", "Referer": "http://testserver/"}, False),
        ({}, False),
    ],
)
def test_sent_from_here_needs_the_browsers_word(headers: dict[str, str], expected: bool) -> None:
    assert sent_from_here(RequestFactory().post("/", {"a": "b"}, headers=headers)) is expected


def test_typed_fields_leaves_out_secrets_and_keeps_lists() -> None:
    data = {"reason": ["one", "two"], "password1": "x", "csrfmiddlewaretoken": "y", "new_password": "z"}
    assert typed_fields(RequestFactory().post("/", data)) == [("reason", "one"), ("reason", "two")]


@pytest.mark.django_db
def test_form_sent_after_the_session_ended_is_handed_back() -> None:
    answer = Client().post(
        "/accounts/password/change/", {"reason": "A long <text>"}, headers={"origin": "http://testserver"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing is lost" in page
    assert "A long &lt;text&gt;" in page


@pytest.mark.django_db
def test_old_key_hands_back_only_what_came_from_here() -> None:
    client = Client(enforce_csrf_checks=True)
    own: Any = client.post(
        "/accounts/login/", {"login": "a@b.example"}, headers={"origin": "http://testserver"}
    )
    other: Any = client.post(
        "/accounts/login/", {"login": "a@b.example"}, headers={"origin": "https://elsewhere.example"}
    )
    assert (own.status_code, other.status_code) == (403, 403)
    assert "a@b.example" in own.content.decode()
    assert "a@b.example" not in other.content.decode()
