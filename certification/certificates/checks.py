"""Refuses to start with a pattern of certificate numbers that would not work."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from certification.certificates.rules import NUMBER_MAX, number_from, plain_number

_SHAPE = re.compile(r"[A-Za-z0-9./-]+")
HINT = "For example ORIS-C-{serial:04d}-{yy}{mm}; the fields are serial, yy, yyyy and mm."


@register("certificates")
def number_pattern(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The pattern fills in, tells serials apart, fits its column and can be typed off paper."""
    pattern = str(getattr(settings, "IRIS_CERTIFICATE_NUMBER", ""))
    day = date(2026, 11, 21)
    try:
        numbers = [number_from(pattern, serial, day) for serial in (1, 2, 999_999)]
    except (KeyError, ValueError, IndexError) as error:
        problem = f"does not fill in: {type(error).__name__}: {error}"
        return [_error(pattern, problem)]
    if len({plain_number(one) for one in numbers}) < 3:
        return [_error(pattern, "gives two certificates the same number: it needs {serial}")]
    if max(map(len, numbers)) > NUMBER_MAX:
        return [_error(pattern, f"makes numbers longer than {NUMBER_MAX} characters")]
    if not all(_SHAPE.fullmatch(one) for one in numbers):
        return [
            _error(pattern, "makes numbers with other signs than letters, digits, dots, dashes and slashes")
        ]
    return []


def _error(pattern: str, problem: str) -> Error:
    return Error(f"IRIS_CERTIFICATE_NUMBER {pattern!r} {problem}.", hint=HINT, id="certificates.E001")
