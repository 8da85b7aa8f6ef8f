"""A living page with every component of the product, for those who build it. Mounted in the demo only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iris.core import clocks
from iris.core.forms import DateInput, Form
from iris.core.moves import Fact, Move, Step, Todo
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from iris.core.policy import public


@dataclass(frozen=True)
class SampleEvent:
    """As iris.core.events.events_of gives them."""

    at: datetime
    label: str
    actor_label: str = ""
    reason: str = ""
    tone: str = ""


class SampleForm(Form):
    """One field of each kind."""

    legal_name = forms.CharField(
        label="Legal name", help_text="As it stands on the licence, in any script.", max_length=200
    )
    country = forms.ChoiceField(label="Country", choices=[("", "Choose a country"), *COUNTRY_CHOICES])
    licence_until = forms.DateField(label="Licence valid until", widget=DateInput())
    workers = forms.IntegerField(label="Workers placed, last 12 months", required=False, min_value=0)
    kind = forms.ChoiceField(
        label="Kind of agency",
        widget=forms.RadioSelect,
        choices=[("private", "Private company"), ("public", "Public body"), ("non_profit", "Non-profit")],
        help_text="What the registration says.",
    )
    sectors = forms.MultipleChoiceField(
        label="Sectors",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        choices=SECTOR_CHOICES,
    )
    reason = forms.CharField(label="Anything we should know", widget=forms.Textarea, required=False)
    copy = forms.FileField(
        label="Copy of the licence",
        help_text="PDF or photo, up to 20 MB.",
        widget=forms.FileInput(
            attrs={"data-max-bytes": 20_000_000, "data-too-large": "Larger than 20 MB: choose a smaller one."}
        ),
    )
    agree = forms.BooleanField(
        label="I may speak for the agency", help_text="We may ask for the board’s letter."
    )


class SampleFilters(Form):
    """A filter bar."""

    q = forms.CharField(label="Name or number", required=False)
    origin = forms.ChoiceField(label="From", required=False, choices=[("", "Anywhere"), *COUNTRY_CHOICES])
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), ("active", "Certified")])
    late = forms.BooleanField(label="Late only", required=False)


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with realistic data."""
    return render(request, "gallery.html", {**_case(), **_lists(request), **_forms()})


def _case() -> dict[str, Any]:
    today = clocks.today()
    then = datetime(today.year, today.month, today.day, 16, 4, tzinfo=UTC)
    return {
        "moves": [
            Move(
                "Waiting for the audit firm: stage 2 report",
                "Nothing to do for you now. When the firm sends it, the case comes back to you.",
                due=today + timedelta(days=12),
            ),
            Move(
                "Your move: 9 indicators and 1 ledger line are left",
                "When they are answered you declare and send. The scheme then looks at it within 14 days.",
                yours=True,
                due=today + timedelta(days=23),
                act_label="Go to the next question",
                act_url="#",
            ),
            Move(
                "Your move: answer finding 3",
                "Grievances received abroad are not recorded (major).",
                yours=True,
                due=today - timedelta(days=3),
                act_label="Answer the finding",
                act_url="#",
            ),
            Move(
                "Certified",
                "Nothing to do until the first surveillance check.",
                done=True,
                due=today + timedelta(days=301),
            ),
        ],
        "steps": [
            Step("Applied", "done", "17 Aug"),
            Step("Screened", "done", "29 Aug"),
            Step("Stage 1", "done", "6 Oct"),
            Step("Stage 2", "now", "report due 3 Dec"),
            Step("Findings closed", "todo"),
            Step("Decision", "todo"),
            Step("Certificate", "todo"),
        ],
        "facts": [
            Fact("Scope", "Nepal to Malaysia, Nepal to Qatar; manufacturing, hospitality"),
            Fact("Licence", "NP-FE-0942, valid to 14 July 2027", url="#"),
            Fact("Website", ""),
        ],
        "deadlines": [
            {"label": "Answer to finding 3", "due": today - timedelta(days=3), "who": "agency"},
            {"label": "Verify the repayment", "due": today + timedelta(days=4), "who": "auditor", "url": "#"},
            {"label": "Certificate expires", "due": today + timedelta(days=74)},
        ],
        "people": [
            {"name": "Tomas Revell", "part": "case owner, scheme"},
            {"name": "Ilse Obuya-Marchetti", "part": "lead auditor; no conflict declared"},
            {"name": "", "nobody": "Decider not named yet", "part": "4 people may decide; 2 are barred"},
        ],
        "events": [
            SampleEvent(
                then - timedelta(days=1), "Agency sent repayment proof for 84 workers", "Sabina Tharu"
            ),
            SampleEvent(then - timedelta(days=3), "Answer to finding 3 became late", tone="stop"),
            SampleEvent(
                then - timedelta(days=15),
                "Stage 2 closed on site; 5 findings issued",
                "Ilse Obuya-Marchetti",
                tone="good",
            ),
            SampleEvent(
                then - timedelta(days=40),
                "Sent back",
                "Tomas Revell",
                reason="The branch in Dhangadhi is missing.",
                tone="care",
            ),
        ],
        "todos": [
            Todo(
                "Answer finding 3: grievances abroad",
                "#",
                "Root cause, correction, corrective action. About 40 minutes.",
                due=today - timedelta(days=3),
            ),
            Todo(
                "Renew the sample contract, Malaysia",
                "#",
                "Supports 6 answers.",
                due=today + timedelta(days=9),
                icon="files",
            ),
            Todo(
                "Waiting for the auditor: repayment proof",
                "",
                "You sent it yesterday.",
                due=today + timedelta(days=4),
                waiting=True,
            ),
        ],
        "tasks": [
            {
                "mark": "A",
                "name": "Law and fundamental rights at work",
                "url": "#",
                "sub": "10 of 10 answered",
                "done": 10,
                "total": 10,
                "tone": "good",
                "state": "Done",
            },
            {
                "mark": "1",
                "name": "No recruitment fees or related costs",
                "url": "#",
                "sub": "17 of 18 answered, 1 ledger line to answer",
                "done": 17,
                "total": 18,
                "tone": "stop",
                "state": "Blocked",
            },
            {
                "mark": "5",
                "name": "Access to remedy",
                "url": "#",
                "sub": "2 of 10 answered",
                "done": 2,
                "total": 10,
                "tone": "work",
                "state": "Started",
            },
        ],
    }


def _lists(request: HttpRequest) -> dict[str, Any]:
    numbers = [
        ("A", "Law and rights at work", 9, 1, 0, 0, 3.4),
        ("B", "Ethical and professional conduct", 11, 2, 0, 1, 3.1),
        ("1", "No fees or related costs", 12, 3, 2, 1, 2.3),
        ("2", "Freedom of movement", 7, 0, 0, 0, 3.8),
        ("3", "Clear terms and conditions", 10, 2, 0, 0, 3.0),
        ("4", "Confidentiality and data", 5, 3, 0, 0, 2.2),
        ("5", "Access to remedy", 6, 3, 1, 0, None),
    ]
    keys = ("code", "label", "yes", "partly", "no", "na", "maturity")
    return {
        "principles": [dict(zip(keys, row, strict=True)) for row in numbers],
        "months": [
            {"label": label, "value": value}
            for label, value in (("Jun", 3), ("Jul", 5), ("Aug", 4), ("Sep", 7), ("Oct", 6), ("Nov", 2))
        ],
        "years": [
            {"label": label, "value": value}
            for label, value in (("2022", 1.6), ("2023", 2.0), ("2024", 2.4), ("2025", 2.7), ("2026", 2.8))
        ],
        "tally": [
            {"tone": "good", "label": "Found", "n": 1241},
            {"tone": "care", "label": "Other scope", "n": 19, "icon": "route"},
            {"tone": "unsure", "label": "To resolve", "n": 14, "url": "#"},
            {"tone": "past", "label": "Not found", "n": 35},
            {"tone": "stop", "label": "Row error", "n": 3},
        ],
        "tones": ["good", "care", "stop", "past", "unsure", "work"],
        "page": Paginator(range(1, 1285), 50).get_page(request.GET.get("page", "4")),
        "next_steps": [
            "The screener looks at it within 14 days.",
            "You get an e-mail when it is accepted or when something is missing.",
            "Then the scheme names an audit firm; you may object to an auditor.",
        ],
        "corridors": ["Nepal to Malaysia", "Nepal to Qatar"],
        "figures": [
            {"label": "agencies certified today", "value": 148},
            {"label": "agencies in the register", "value": 1284},
            {"label": "corridors covered", "value": 37},
            {"label": "certificates suspended or withdrawn", "value": 9},
        ],
    }


def _forms() -> dict[str, Any]:
    typed = {
        "country": "NP",
        "workers": "-2",
        "reason": "Moved to a new office in May.",
    }
    wrong = SampleForm(data={f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    wrong.add_error(None, "The licence ends before the certificate would start.")
    return {
        "plain_form": SampleForm(prefix="plain"),
        "wrong_form": wrong,
        "filters": SampleFilters(prefix="f"),
    }
