"""Tags and filters every template may use; registered as builtins, so no template loads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iris.core import clocks, days, places
from iris.core.charts import Columns, Lines, StackedBars, columns, lines, share, stacked_bars
from iris.core.context import presses_for
from iris.core.form_errors import ErrorLink, error_links
from iris.core.icons import icon_svg
from iris.core.money import Money
from iris.core.states import facts_of

register = template.Library()

DEFAULT_ICONS = {
    "good": "circle-check",
    "care": "alert-triangle",
    "stop": "alert-octagon",
    "past": "minus",
    "unsure": "help-circle",
    "work": "clipboard-check",
}
PUBLIC_PAGES = (
    (gettext_lazy("Register"), ("register:search", "register:list", "register:index", "register:register")),
    (gettext_lazy("Check a certificate"), ("register:verify", "register:verify_form")),
    (gettext_lazy("The Standard"), ("standard:index", "standard:edition", "standard:current")),
    (gettext_lazy("Statistics"), ("desks:statistics",)),
    (gettext_lazy("Scheme numbers"), ("standard:numbers", "scheme_numbers", "core:numbers", "numbers")),
)
AUDIENCES = ("agency", "auditor", "public")


@dataclass(frozen=True)
class PublicLink:
    """One noun of the public frame."""

    label: str
    url: str
    current: bool = False


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "check" %}: the outline, hidden from screen readers. A word stands beside it."""
    return icon_svg(name)


# Dates and numbers ---------------------------------------------------------------------------------------------------


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """3 May 2026."""
    return days.in_words(_as_day(value)) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | datetime | None) -> str:
    """3 May, for steps and narrow columns where the year is plain from the rest."""
    return days.short(_as_day(value)) if value else ""


@register.filter(expects_localtime=True)
def day_time(value: datetime | None) -> str:
    """3 May 2026, 14:05."""
    return days.moment_in_words(value)


@register.filter(expects_localtime=True)
def in_days(value: date | datetime | None) -> str:
    """A deadline against today: "in 12 days", "tomorrow", "today", "3 days late"."""
    if not value:
        return ""
    left = (_as_day(value) - clocks.today()).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left > 0:
        return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": thousands(left)}
    return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": thousands(-left)}


@register.filter(expects_localtime=True)
def ago(value: date | datetime | None) -> str:
    """Something that happened, against today: "today", "yesterday", "3 days ago". Later days read like in_days."""
    if not value:
        return ""
    past = (clocks.today() - _as_day(value)).days
    if past < 0:
        return in_days(value)
    if past == 0:
        return _("today")
    if past == 1:
        return _("yesterday")
    return ngettext("%(n)s day ago", "%(n)s days ago", past) % {"n": thousands(past)}


@register.filter(expects_localtime=True)
def is_late(value: date | datetime | None) -> bool:
    """Whether this deadline has passed: {% if due|is_late %}."""
    return isinstance(value, date) and _as_day(value) < clocks.today()


@register.filter
def ticks(value: Any) -> SafeString:
    """Words between `ticks` as code; everything else is escaped."""
    parts = str(value).split("`")
    if len(parts) % 2 == 0:  # one tick too many is no mark-up
        return format_html("{}", value)
    made = (format_html("<code>{}</code>" if odd % 2 else "{}", one) for odd, one in enumerate(parts))
    return format_html_join("", "{}", ((one,) for one in made))


@register.filter
def thousands(value: Any) -> str:
    """1,284, in the language's own grouping. Not a number: as it is."""
    if value is None or value == "":
        return ""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def money(value: Money | int | str | None, currency: str = "") -> str:
    """NPR 6,500.00. Takes Money, or minor units with the currency: {{ line.amount_minor|money:line.currency }}."""
    if value is None or value == "":
        return ""
    amount = value if isinstance(value, Money) else Money(int(value), currency)
    return str(amount.text)


@register.filter
def country(code: str | None) -> str:
    """Nepal, for NP."""
    return str(places.country_name(code)) if code else ""


@register.filter
def sector(code: str | None) -> str:
    """Construction, for construction."""
    return str(places.sector_name(code)) if code else ""


@register.filter
def file_size(value: int | None) -> str:
    """1.2 MB, 340 KB, 12 bytes: in the units people see when they choose a file."""
    if value is None:
        return ""
    for unit, name in ((1_000_000, "MB"), (1_000, "KB")):
        if value >= unit:
            text = formats.number_format(
                value / unit, decimal_pos=1 if unit == 1_000_000 else 0, use_l10n=True
            )
            return f"{text} {name}"
    return ngettext("%(n)s byte", "%(n)s bytes", value) % {"n": value}


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str | None) -> str:
    """Firefox on Windows, from what a browser says of itself; its own words, shortened, where we do not know it."""
    said = user_agent or ""
    name = next((name for mark, name in BROWSERS if mark in said), "")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or said[:60] or _("Unknown browser")


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


# State tags ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def state_tag(state: Any, audience: str = "agency", big: bool = False) -> SafeString:
    """{% state_tag thing.state audience="agency" %}: icon, word and colour of a described state.

    Audiences: agency, auditor, public. big=True for the one beside the page's title.
    """
    if audience not in AUDIENCES:
        raise template.TemplateSyntaxError(
            f"state_tag knows the audiences {', '.join(AUDIENCES)}; not {audience!r}."
        )
    facts = facts_of(state)
    return tag(str(facts.tone), getattr(facts, audience), icon=facts.icon, big=big)


@register.simple_tag
def tag(tone: str, word: str, icon: str = "", big: bool = False) -> SafeString:
    """{% tag "good" _("In force") icon="check" %}: the same look for a word that is not a described state."""
    if tone not in DEFAULT_ICONS:
        raise template.TemplateSyntaxError(
            f"A tag's tone is one of {', '.join(DEFAULT_ICONS)}; not {tone!r}."
        )
    return format_html(
        '<span class="state-tag state-tag-{}{}">{}{}</span>',
        tone,
        " state-tag-big" if big else "",
        icon_svg(icon or DEFAULT_ICONS[tone]),
        word,
    )


@register.filter
def tone_icon(tone: str) -> SafeString:
    """The usual icon of a tone: {{ note.tone|tone_icon }}."""
    return icon_svg(DEFAULT_ICONS.get(tone, "info-circle"))


# Addresses -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """{% query_with page=2 %}: this page's query string with these parameters changed; None or "" removes one.

    Works inside components included with `only`, because the request travels with the context.
    """
    request = getattr(context, "request", None)
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode() if query else "?"


@register.simple_tag(takes_context=True)
def query_fields(context: template.Context, *without: str) -> SafeString:
    """Hidden inputs that carry this page's filters through another GET form, except the named ones."""
    request = getattr(context, "request", None)
    pairs: list[tuple[str, str]] = []
    if request is not None:
        pairs = [
            (name, value) for name, values in request.GET.lists() if name not in without for value in values
        ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def csrf_field(context: template.Context) -> SafeString:
    """Like csrf_token, and it also works inside a component that was included with `only`."""
    request = context.request if isinstance(context, RequestContext) else context.get("request")
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True)
def presses(context: template.Context, kind: str, subject: Any = None) -> SafeString:
    """{% presses "agency" agency.pk %}: the acts that rooms above offer this reader about a subject; often nothing."""
    request = context.request if isinstance(context, RequestContext) else context.get("request")
    if request is None:
        return SafeString("")
    shown = presses_for(request, kind, subject)
    return SafeString("".join(render_to_string(one.template, one.context, request) for one in shown))


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers a pager shows: first, last and those near this page; None stands for a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


@register.simple_tag(takes_context=True)
def public_links(context: template.Context) -> list[PublicLink]:
    """The nouns anyone may read, those of them that this installation has."""
    request = getattr(context, "request", None)
    here = request.path if request is not None else ""
    found = []
    for label, names in PUBLIC_PAGES:
        url = _first_url(names)
        if url:
            found.append(PublicLink(label=str(label), url=url))
    here_is = max((link.url for link in found if here.startswith(link.url)), key=len, default="")
    return [replace(link, current=link.url == here_is) for link in found]


def _first_url(names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


# Blocks --------------------------------------------------------------------------------------------------------------


class CaptureNode(template.Node):
    """Keeps what stands inside under a name, so that a frame can leave out what a page did not fill."""

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return ""


@register.tag
def capture(parser: template.base.Parser, token: template.base.Token) -> CaptureNode:
    """{% capture aside %}{% block aside %}{% endblock %}{% endcapture %}{% if aside %}...{{ aside }}...{% endif %}"""
    try:
        _name, variable = token.split_contents()
    except ValueError as problem:
        raise template.TemplateSyntaxError("capture takes one name: {% capture aside %}") from problem
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, variable)


# Forms ---------------------------------------------------------------------------------------------------------------


@register.simple_tag(name="error_links")
def error_links_tag(*forms: BaseForm | Iterable[BaseForm] | None) -> list[ErrorLink]:
    """{% error_links form as problems %}: each problem with the id of the control it belongs to."""
    return error_links(*forms)


# Charts --------------------------------------------------------------------------------------------------------------


@register.simple_tag(name="stacked_bars")
def stacked_bars_tag(rows: Iterable[Mapping[str, Any]]) -> StackedBars:
    """{% stacked_bars rows as chart %} for components/chart_bars.html."""
    return stacked_bars(rows)


@register.simple_tag(name="columns")
def columns_tag(points: Iterable[Mapping[str, Any]]) -> Columns:
    """{% columns points as chart %} for components/chart_columns.html."""
    return columns(points)


@register.simple_tag(name="lines")
def lines_tag(points: Iterable[Mapping[str, Any]], top: float, target: float | None = None) -> Lines:
    """{% lines points 4 2.5 as chart %} for components/chart_line.html."""
    return lines(points, top=top, target=target)


@register.filter(name="share")
def share_filter(part: float, whole: float) -> str:
    """{{ 7|share:10 }} is 70: a whole per cent, 0 where there is nothing to divide by."""
    return str(round(share(part, whole) * 100))
