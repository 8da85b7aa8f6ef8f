"""The tags and filters every template uses, with expectations worked by hand (today is 21 November 2026)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.db import models
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from iris.core.money import Money
from iris.core.states import Owner, StateFacts, describe_states
from iris.core.templatetags import iris_tags


class DoorState(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"


describe_states(
    DoorState,
    {
        DoorState.OPEN: StateFacts(
            Owner.AGENCY, "Your door is open", "The agency's door is open", "Open", tone="good"
        ),
        DoorState.SHUT: StateFacts(Owner.SCHEME, "Shut", "Shut", "Shut & locked", tone="stop", icon="lock"),
    },
)


def rendered(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 5, 3), "3 May 2026"),
        (datetime(2026, 5, 3, 23, 59, tzinfo=UTC), "3 May 2026"),
        (date(2024, 2, 29), "29 February 2024"),
        (None, ""),
    ],
)
def test_day_says_day_month_year(value: Any, expected: str) -> None:
    assert rendered("{{ value|day }}", value=value) == expected


def test_day_time_says_the_minute() -> None:
    assert (
        rendered("{{ value|day_time }}", value=datetime(2026, 11, 20, 16, 4, tzinfo=UTC))
        == "20 November 2026, 16:04"
    )


@pytest.mark.parametrize(
    ("value", "deadline", "past"),
    [
        (date(2026, 12, 3), "in 12 days", "in 12 days"),
        (date(2026, 11, 22), "tomorrow", "tomorrow"),
        (date(2026, 11, 21), "today", "today"),
        (date(2026, 11, 20), "1 day late", "yesterday"),
        (date(2026, 11, 18), "3 days late", "3 days ago"),
        (date(2030, 11, 21), "in 1,461 days", "in 1,461 days"),
        (None, "", ""),
    ],
)
def test_in_days_and_ago_against_today(value: Any, deadline: str, past: str) -> None:
    assert rendered("{{ value|in_days }}", value=value) == deadline
    assert rendered("{{ value|ago }}", value=value) == past


def test_is_late_only_after_the_day() -> None:
    assert rendered("{% if value|is_late %}late{% endif %}", value=date(2026, 11, 20)) == "late"
    assert rendered("{% if value|is_late %}late{% endif %}", value=date(2026, 11, 21)) == ""


@pytest.mark.parametrize(
    ("value", "expected"), [(1284, "1,284"), (0, "0"), (999, "999"), (1234567, "1,234,567"), (None, "")]
)
def test_thousands_groups(value: Any, expected: str) -> None:
    assert rendered("{{ value|thousands }}", value=value) == expected


def test_money_takes_money_or_minor_units() -> None:
    assert rendered("{{ value|money }}", value=Money(650000, "NPR")).replace("\xa0", " ") == "NPR 6,500.00"
    assert rendered('{{ value|money:"JPY" }}', value=6500).replace("\xa0", " ") == Money(
        6500, "JPY"
    ).text.replace("\xa0", " ")
    assert rendered("{{ value|money }}", value=None) == ""


def test_country_and_sector_have_names() -> None:
    assert rendered('{{ "NP"|country }}, {{ "construction"|sector }}') == "Nepal, Construction"


@pytest.mark.parametrize(
    ("value", "expected"), [(12, "12 bytes"), (1, "1 byte"), (340_400, "340 KB"), (1_250_000, "1.2 MB")]
)
def test_file_size_in_the_units_people_see(value: int, expected: str) -> None:
    assert iris_tags.file_size(value) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Edg/130",
            "Edge on Android",
        ),
        ("curl/8.4.0", "curl/8.4.0"),
        ("", "Unknown browser"),
    ],
)
def test_browser_in_plain_words(said: str, expected: str) -> None:
    assert iris_tags.browser(said) == expected


def test_icon_is_hidden_from_screen_readers() -> None:
    svg = rendered('{% icon "check" %}')
    assert svg.startswith('<svg class="icon"')
    assert 'aria-hidden="true" focusable="false"' in svg
    assert 'd="M5 12l5 5l10 -10"' in svg
    assert "M0 0h24v24H0z" not in svg


@pytest.mark.parametrize("name", ["no-such-icon", "../outline/check", ""])
def test_icon_unknown_is_refused(name: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        iris_tags.icon(name)


def test_state_tag_speaks_to_its_audience() -> None:
    own = rendered("{% state_tag state %}", state=DoorState.OPEN)
    public = rendered('{% state_tag state audience="public" big=True %}', state=DoorState.SHUT)
    assert "Your door is open" in own
    assert 'class="state-tag state-tag-good"' in own
    assert "Shut &amp; locked" in public
    assert 'class="state-tag state-tag-stop state-tag-big"' in public


def test_state_tag_unknown_audience_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered('{% state_tag state audience="press" %}', state=DoorState.OPEN)


def test_tag_unknown_tone_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        iris_tags.tag("red", "Stop")


def test_query_with_changes_one_parameter_and_escapes() -> None:
    context = RequestContext(RequestFactory().get("/list/?q=a%26b&page=3"), {})
    assert Template("{% query_with page=4 %}").render(context) == "?q=a%26b&amp;page=4"
    assert Template('{% query_with q="" page=None %}').render(context) == "?"


def test_page_numbers_leave_gaps() -> None:
    page = Paginator(range(1000), 50).get_page(10)
    assert iris_tags.page_numbers(page) == [1, None, 9, 10, 11, None, 20]


def test_capture_leaves_out_what_a_page_did_not_fill() -> None:
    source = "{% capture side %}{% if value %} {{ value }} {% endif %}{% endcapture %}"
    source += "{% if side %}[{{ side }}]{% endif %}"
    assert rendered(source, value="<b>") == "[&lt;b&gt;]"
    assert rendered(source, value="") == ""


def test_stacked_bars_fill_the_width_and_leave_out_zeros() -> None:
    chart = iris_tags.stacked_bars_tag(
        [{"code": "A", "label": "Law", "yes": 9, "partly": 1, "no": 0, "na": 0}]
    )
    kinds = [part.kind for part in chart.bars[0].segments]
    # 320 wide, one gap of 1: 319 shared as 9 to 1 is 287.1 and 31.9; the framed piece is drawn half a pixel inside.
    assert kinds == ["yes", "partly"]
    assert chart.bars[0].segments[0].width == "287.1"
    assert (chart.bars[0].segments[1].x, chart.bars[0].segments[1].width) == ("288.6", "30.9")
    assert chart.totals == {"yes": 9, "partly": 1, "no": 0, "na": 0}


def test_stacked_bars_without_answers_draw_nothing() -> None:
    chart = iris_tags.stacked_bars_tag(
        [{"code": "A", "label": "Law", "yes": 0, "partly": 0, "no": 0, "na": 0}]
    )
    assert chart.bars[0].segments == ()


def test_columns_scale_to_an_even_top() -> None:
    chart = iris_tags.columns_tag([{"label": "Jun", "value": 3}, {"label": "Jul", "value": 7}])
    # The scale ends at 8: 3 is three eighths of the 90 between 14 and 104.
    assert [tick.label for tick in chart.ticks] == ["0", "4", "8"]
    assert [column.height for column in chart.columns] == ["33.8", "78.8"]


def test_share_has_no_division_by_zero() -> None:
    assert iris_tags.share_filter(7, 10) == "70"
    assert iris_tags.share_filter(7, 0) == "0"


def test_words_between_ticks_become_code_and_nothing_else_is_markup() -> None:
    assert iris_tags.ticks("read `next` & <b>") == "read <code>next</code> &amp; &lt;b&gt;"
    assert iris_tags.ticks("`a<b`") == "<code>a&lt;b</code>"
    assert iris_tags.ticks("one ` alone") == "one ` alone"
    assert iris_tags.ticks("") == ""
