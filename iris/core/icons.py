"""Icons: read once from the package of outlines, then emitted inside the page."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SPACES = re.compile(r">\s+<")
_EMPTY = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_SHELL = (
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
)


@cache
def icon_svg(name: str) -> SafeString:
    """The outline of this name as an inline svg that a screen reader passes over: a word stands beside it."""
    return format_html(_SHELL, _outline(name))


def icon_exists(name: str) -> bool:
    """Whether the package knows an outline of this name."""
    return bool(_NAME.fullmatch(name)) and _path(name).is_file()


def _outline(name: str) -> SafeString:
    if not icon_exists(name):
        raise ImproperlyConfigured(f"There is no icon named {name!r} in {settings.ICONS_DIR}.")
    source = _EMPTY.sub("", _COMMENT.sub("", _path(name).read_text(encoding="utf-8")))
    body = _BODY.search(source)
    if body is None:
        raise ImproperlyConfigured(f"The icon {name!r} is not an svg file.")
    return mark_safe(_SPACES.sub("><", body.group(1).strip()))  # noqa: S308 - a file of a locked package


def _path(name: str) -> Path:
    return Path(settings.ICONS_DIR) / f"{name}.svg"
