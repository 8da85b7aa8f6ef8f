"""Days of links: in order, and near enough to be meant."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

EARLIEST = date(1950, 1, 1)
AHEAD = timedelta(days=731)


def day_problem(day: date, today: date) -> str:
    """Why a day cannot be meant; empty when it can."""
    if day < EARLIEST:
        return _("expected a day from 1950 on, found %(day)s, fix the year") % {"day": day.isoformat()}
    if day > today + AHEAD:
        return _("expected a day within two years, found %(day)s, fix the year") % {"day": day.isoformat()}
    return ""
