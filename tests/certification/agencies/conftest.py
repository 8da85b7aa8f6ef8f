"""What rooms above would say of agencies, said by the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certification.agencies.models import Agency
from certification.agencies.selectors import KnownStanding, offers
from iris.core import clocks

Stand = Callable[..., None]


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    """`stand(agency, certified=True)` or `stand(agency, "Withdrawn", weighs=True)`."""
    known: dict[object, KnownStanding] = {}
    monkeypatch.setattr(
        offers, "_standing", [lambda rows: {row.pk: known[row.pk] for row in rows if row.pk in known}]
    )

    def say(agency: Agency, label: str = "Certified", **more: bool) -> None:
        known[agency.pk] = KnownStanding(code="x", label=label, since=clocks.today(), **more)

    return say
