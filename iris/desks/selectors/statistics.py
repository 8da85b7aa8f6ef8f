"""The public statistics: live counts of what the register shows anyway, as of now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from django.utils.translation import gettext as _

from audits.findings.models import Finding
from audits.findings.states import FindingState, Grade
from certification.applications.models import Application
from certification.applications.states import DECIDED, ApplicationState
from certification.certificates.models import Certificate, CertificateCorridor
from certification.certificates.selectors import latest_certificates, with_standing
from certification.certificates.states import VALID_STANDINGS, Standing
from iris.core import clocks
from iris.core.places import Corridor, country_name, sector_name
from iris.core.states import facts_of

SMALLEST_CELL = 5
MOST_ROWS = 12


@dataclass(frozen=True)
class Row:
    """One line of a table: its words and its count."""

    key: str
    label: str
    count: int
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """One table with its title and what it counts."""

    key: str
    title: str
    what: str
    rows: list[Row]

    @property
    def top(self) -> int:
        """The largest count, for the bars."""
        return max((row.count for row in self.rows), default=0)


@dataclass(frozen=True)
class Statistics:
    """Everything on the page."""

    at: datetime
    tables: list[Table]
    review_days: float | None
    reviewed: int


def statistics() -> Statistics:
    """The tables of today. Nothing here names a person; findings are counted over all agencies, from 5 up."""
    valid = _valid_ids()
    certificates = list(Certificate.objects.filter(pk__in=valid))
    days = _review_days()
    return Statistics(
        at=clocks.now(),
        tables=[
            _standings(),
            _counted(
                "country", _("Certified agencies by country"), _country_counts(certificates), country_name
            ),
            _corridors(valid),
            _counted("sector", _("Certified agencies by sector"), _sector_counts(certificates), sector_name),
            _outcomes(),
            _findings(),
        ],
        review_days=median(days) if days else None,
        reviewed=len(days),
    )


def _valid_ids() -> list[UUID]:
    standings = [standing.value for standing in VALID_STANDINGS]
    return list(
        with_standing(latest_certificates())
        .filter(public_standing__in=standings)
        .values_list("pk", flat=True)
    )


def _standings() -> Table:
    counts = Counter(with_standing(latest_certificates()).values_list("public_standing", flat=True))
    rows = [
        Row(standing.value, str(facts_of(standing).public), counts[standing.value], facts_of(standing).tone)
        for standing in Standing
        if counts[standing.value]
    ]
    what = _("Every agency that holds or held a certificate, by what it is today.")
    return Table("standing", _("Agencies by status"), what, rows)


def _country_counts(certificates: Iterable[Certificate]) -> Counter[str]:
    return Counter(row.country for row in certificates)


def _sector_counts(certificates: Iterable[Certificate]) -> Counter[str]:
    return Counter(sector for row in certificates for sector in set(row.sectors))


def _counted(key: str, title: str, counts: Counter[str], words: object) -> Table:
    assert callable(words)
    what = _("Agencies whose certificate is in force today.")
    rows = [Row(code, str(words(code)), n) for code, n in counts.most_common(MOST_ROWS)]
    return Table(key, title, what, rows)


def _corridors(valid: list[UUID]) -> Table:
    counts = Counter(
        CertificateCorridor.objects.filter(certificate__in=valid).values_list("origin", "destination")
    )
    rows = [Row("-".join(pair), Corridor(*pair).text, n) for pair, n in counts.most_common(MOST_ROWS)]
    return Table(
        "corridor", _("Corridors covered"), _("Certificates in force that cover each corridor."), rows
    )


def _outcomes() -> Table:
    counts = Counter(
        Application.objects.filter(
            state__in=[*map(str, DECIDED), str(ApplicationState.REJECTED), str(ApplicationState.WITHDRAWN)]
        ).values_list("state", flat=True)
    )
    rows = [Row(state, str(ApplicationState(state).label), counts[state]) for state in sorted(counts)]
    return Table("outcome", _("How applications ended"), _("All applications that are closed."), rows)


def _findings() -> Table:
    counts = Counter(
        Finding.objects.filter(issued_at__isnull=False)
        .exclude(state=FindingState.WITHDRAWN)
        .values_list("grade", flat=True)
    )
    rows = [
        Row(grade.value, str(grade.label), counts[grade.value])
        for grade in Grade
        if counts[grade.value] >= SMALLEST_CELL
    ]
    what = _("Of all audits together. Counts below %(least)s are not shown.") % {"least": SMALLEST_CELL}
    return Table("finding", _("Findings by grade"), what, rows)


def _review_days() -> list[int]:
    rows = Application.objects.filter(accepted_at__isnull=False, fee_paid_on__isnull=False).values_list(
        "accepted_at", "fee_paid_on"
    )
    return [(accepted.date() - paid).days for accepted, paid in rows if accepted and paid]
