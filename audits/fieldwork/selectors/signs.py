"""Signs of an audit: what was seen, on what it rests, what is done next. Never counted, never summed up."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from certification.standard.models import Edition, Indicator, OtherScheme
from certification.standard.selectors import gap_list
from certification.standard.states import Relation

from .. import rules
from ..models import SignRecord
from ..rules import Sign
from ..states import NOT_A_VERDICT, Seen
from .presented import finding_lines

SCHEME = "ilo-forced-labour"
CRITICAL = "critical"


@dataclass
class SignRow:
    """One sign with what the team wrote last, and the indicators of our Standard that work against it."""

    sign: Sign
    record: SignRecord | None
    indicators: list[Indicator] = field(default_factory=list)
    critical: list[int] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Yes, no, or not looked at."""
        return self.record.seen if self.record else Seen.NOT_LOOKED

    @property
    def label(self) -> str:
        """The same in words."""
        return str(Seen(self.seen).label)

    @property
    def asks_why(self) -> bool:
        """Seen, and neither a critical finding on its indicators nor a reason why there is none."""
        return (
            self.record is not None
            and self.seen == Seen.YES
            and not self.critical
            and not self.record.why_no_critical
        )


def indicators_by_sign(edition: Edition) -> dict[str, list[Indicator]]:
    """Which of our indicators work against each sign, from the mapping of the Standard; related ones are left out."""
    scheme = OtherScheme.objects.filter(code=SCHEME).select_related("edition").first()
    found: dict[str, list[Indicator]] = {}
    if scheme is None:
        return found
    for covered in gap_list(scheme, edition).covered:
        for row in covered.rows:
            if row.relation != Relation.RELATED:
                found.setdefault(row.item.code, []).append(covered.indicator)
    return found


def signs_of(audit: Audit) -> list[SignRow]:
    """The eleven signs of an audit in their order."""
    last: dict[str, SignRecord] = {}
    rows = SignRecord.objects.filter(audit=audit).select_related("author").prefetch_related("evidence")
    for record in rows.order_by("version"):
        last[record.sign] = record
    mapped = indicators_by_sign(audit.assessment.edition)
    critical: dict[UUID, list[int]] = {}
    for line in finding_lines(audit):
        if line.grade == CRITICAL:
            critical.setdefault(line.indicator_id, []).append(line.number)
    return [
        SignRow(
            sign=sign,
            record=last.get(sign.code),
            indicators=mapped.get(sign.code, []),
            critical=sorted(
                {number for one in mapped.get(sign.code, []) for number in critical.get(one.pk, [])}
            ),
        )
        for sign in rules.sign_list().signs
    ]


def history_of(audit: Audit, sign: str) -> list[SignRecord]:
    """Every version of what was written on one sign, the last first."""
    return list(
        SignRecord.objects.filter(audit=audit, sign=sign)
        .select_related("author")
        .prefetch_related("evidence")
        .order_by("-version")
    )


def unanswered_signs(audit: Audit) -> list[SignRow]:
    """Signs that were seen and ask for a critical finding or a reason. One query where none was seen."""
    if not SignRecord.objects.filter(audit=audit, seen=Seen.YES).exists():
        return []
    return [row for row in signs_of(audit) if row.asks_why]


def signs_csv(audit: Audit) -> str:
    """The signs as a table. Its first line says what it is not."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(NOT_A_VERDICT)])
    writer.writerow([audit.number, rules.sign_list().source_title, rules.sign_list().source])
    writer.writerow(
        [
            _("Sign"),
            _("Seen"),
            _("What was seen"),
            _("Evidence (SHA-256)"),
            _("Next step"),
            _("Who"),
            _("Until"),
        ]
    )
    for row in signs_of(audit):
        writer.writerow([_plain(cell) for cell in _cells(row)])
    return out.getvalue()


def _cells(row: SignRow) -> list[str]:
    record = row.record
    if record is None:
        return [f"{row.sign.code}. {row.sign.title}", row.label, "", "", "", "", ""]
    step = ": ".join(part for part in (str(record.get_next_step_display()), record.step_text) if part)
    return [
        f"{row.sign.code}. {row.sign.title}",
        row.label,
        record.saw,
        "; ".join(f"{one.title} ({one.sha256})" for one in record.evidence.all()),
        step,
        record.owner,
        date_format(record.due_on, "Y-m-d") if record.due_on else "",
    ]


def _plain(cell: str) -> str:
    """Never a formula, whatever somebody typed."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
