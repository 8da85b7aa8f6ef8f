"""What every page's frame needs: scheme, navigation, who acts, theme. Rooms add navigation through `add_nav`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi

from iris.core import frozen
from iris.core.errors import Text

THEMES = ("light", "dark", "auto")


@dataclass(frozen=True)
class NavItem:
    """One noun in the rail."""

    label: Text
    url: str
    icon: str
    count: int | None = None
    current: bool = False
    apart: bool = False


@dataclass(frozen=True)
class NavSpec:
    """A rail entry as a room registers it: for which kinds of organisation, in which order."""

    label: Text
    url_name: str
    icon: str
    kinds: tuple[str, ...]
    order: int
    roles: tuple[str, ...] = ()


# Where a new group of the rail begins, by `order`: what now, the work, whom it is about, how the place is set up.
GROUPS_BEGIN = (20, 60, 80)

_specs: list[NavSpec] = []
_extras: list[Callable[[HttpRequest], dict[str, Any]]] = []


def add_nav(
    label: Text, url_name: str, icon: str, *, kinds: tuple[str, ...], order: int, roles: tuple[str, ...] = ()
) -> None:
    """Called in AppConfig.ready() of a room. `roles` narrows further when given."""
    spec = NavSpec(label, url_name, icon, kinds, order, roles)
    if spec not in _specs:
        _specs.append(spec)


def add_frame(extra: Callable[[HttpRequest], dict[str, Any]]) -> None:
    """Register a function that adds to the frame's context (inbox count, memberships, demo people)."""
    if extra not in _extras:
        _extras.append(extra)


@dataclass(frozen=True)
class Press:
    """One act that a room above offers on a page of a room below: its template, and what the template shows."""

    template: str
    context: dict[str, Any]


PressProvider = Callable[[HttpRequest, str, Any], Press | None]
_presses: dict[str, PressProvider] = {}


def offer_press(key: str, provider: PressProvider) -> None:
    """Offer an act about a subject (`agency` and its id, `chain`, ...) on every page that shows `{% presses %}` for it.

    The provider gets the request, the kind of subject and the subject; None where it has nothing for this reader.
    """
    _presses[key] = provider


def presses_for(request: HttpRequest, kind: str, subject: Any) -> list[Press]:
    """What rooms above offer this reader about a subject; nothing to people who are not signed in."""
    if not getattr(request.user, "is_authenticated", False):
        return []
    found = (provider(request, kind, subject) for _key, provider in sorted(_presses.items()))
    return [press for press in found if press is not None]


def _nav(request: HttpRequest) -> list[NavItem]:
    user = request.user
    if not user.is_authenticated or not getattr(user, "kind", ""):
        return []
    shown = [
        spec for spec in _specs if user.kind in spec.kinds and (not spec.roles or user.role in spec.roles)
    ]
    items = [(spec, reverse(spec.url_name)) for spec in sorted(shown, key=lambda spec: spec.order)]
    best = max((url for _spec, url in items if request.path.startswith(url)), key=len, default="")
    groups = [sum(spec.order >= begin for begin in GROUPS_BEGIN) for spec, _url in items]
    apart = [index > 0 and group != groups[index - 1] for index, group in enumerate(groups)]
    return [
        NavItem(spec.label, url, spec.icon, None, url == best, gap)
        for (spec, url), gap in zip(items, apart, strict=True)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    theme = request.COOKIES.get("theme", "auto")
    context: dict[str, Any] = {
        "scheme_name": settings.SCHEME_NAME,
        "scheme_short_name": settings.SCHEME_SHORT_NAME,
        "demo": settings.IRIS_DEMO,
        "source_url": settings.SOURCE_URL,
        "demo_people": [],
        "theme": theme if theme in THEMES else "auto",
        "lang_dir": "rtl" if get_language_bidi() else "ltr",
        "nav": [],
        "acting": None,
        "memberships": [],
        "inbox_count": 0,
    }
    context.update(frozen.frame(request))
    if hasattr(request, "user"):
        context["nav"] = _nav(request)
        context["acting"] = getattr(request.user, "acting", None)
        for extra in _extras:
            context.update(extra(request))
    return context
