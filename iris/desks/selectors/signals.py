"""Integrity signals: patterns that a scheme manager should look at. A signal is never a verdict and changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.bodies.models import Auditor
from audits.bodies.selectors import Panel
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from audits.findings.models import Finding
from audits.findings.states import Grade
from certification.agencies.models import Agency
from certification.assessments.models import Answer, Evidence
from certification.assessments.states import AssessmentState
from certification.corrections.selectors import notices_open
from iris.accounts.models import User
from iris.core import clocks
from iris.desks.rules import days_on_site, outlier, too_short

DECLARED = (AssessmentState.FROZEN, AssessmentState.SUPERSEDED)
COUNTED = (Grade.CRITICAL, Grade.MAJOR, Grade.MINOR)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Place:
    """Where to look."""

    label: str
    url: str


@dataclass(frozen=True)
class Signal:
    """One pattern in words, the figures it rests on, and where to look."""

    kind: str
    title: str
    what: str
    places: list[Place] = field(default_factory=list)


def signals() -> list[Signal]:
    """All signals of today, most telling kind first."""
    return [*told_by_states(), *same_documents(), *same_words(), *short_audits(), *outlying_auditors()]


def told_by_states() -> list[Signal]:
    """Notices of authorities that nobody closed yet, one signal for all."""
    rows = list(notices_open()[:MOST_SHOWN])
    if not rows:
        return []
    places = [
        Place(f"{row.whom}: {row.get_measure_display()}", reverse("corrections:notice", args=[row.pk]))
        for row in rows
    ]
    title = ngettext("An authority filed a notice", "Authorities filed %(count)s notices", len(rows)) % {
        "count": len(rows)
    }
    what = _("A state says that it acted. Look at each; by itself it changes nothing.")
    return [Signal("authority_notice", title, what, places)]


def same_documents() -> list[Signal]:
    """The very same file shown as proof by more than one agency."""
    shared = (
        Evidence.objects.values("file__sha256")
        .annotate(agencies=Count("agency", distinct=True))
        .filter(agencies__gt=1)
        .order_by("-agencies", "file__sha256")[:MOST_SHOWN]
    )
    hashes = [row["file__sha256"] for row in shared]
    rows = (
        Evidence.objects.filter(file__sha256__in=hashes)
        .select_related("agency", "file")
        .order_by("agency__legal_name")
    )
    by_hash: dict[str, dict[UUID, Evidence]] = defaultdict(dict)
    for row in rows:
        by_hash[row.file.sha256].setdefault(row.agency_id, row)
    return [_same_document(one, list(by_hash[one].values())) for one in hashes]


def _same_document(sha256: str, rows: list[Evidence]) -> Signal:
    return Signal(
        "document",
        _("Same document at %(n)s agencies") % {"n": len(rows)},
        _(
            "“%(title)s”, SHA-256 %(hash)s. A form that everybody uses is harmless; a policy in somebody else's "
            "name is not."
        )
        % {"title": rows[0].title, "hash": sha256[:12]},
        [_agency_place(row.agency) for row in rows],
    )


def same_words() -> list[Signal]:
    """Pairs of agencies whose declared answers carry the same long comments."""
    letters = clocks.number("signal_same_text_characters")
    enough = clocks.number("signal_same_text_answers")
    declared = Answer.objects.filter(assessment__state__in=DECLARED).annotate(letters=Length("comment"))
    shared = (
        declared.filter(letters__gte=letters)
        .values("comment")
        .annotate(agencies=Count("assessment__agency", distinct=True))
        .filter(agencies__gt=1)
        .values("comment")
    )
    rows = declared.filter(comment__in=shared).values_list("comment", "assessment__agency").distinct()
    who: dict[str, set[UUID]] = defaultdict(set)
    for comment, agency in rows:
        who[comment].add(agency)
    pairs: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for agencies in who.values():
        for pair in combinations(sorted(agencies), 2):
            pairs[pair] += 1
    found = sorted(((n, pair) for pair, n in pairs.items() if n >= enough), reverse=True)[:MOST_SHOWN]
    return _same_word_signals(found)


def _same_word_signals(found: list[tuple[int, tuple[UUID, UUID]]]) -> list[Signal]:
    agencies = Agency.objects.in_bulk({one for _n, pair in found for one in pair})
    return [
        Signal(
            "words",
            ngettext("%(n)s answer word for word the same", "%(n)s answers word for word the same", n)
            % {"n": n},
            _(
                "Long comments in the declared self-assessments of these two agencies are equal letter by letter."
            ),
            [_agency_place(agencies[one]) for one in pair],
        )
        for n, pair in found
    ]


def short_audits() -> list[Signal]:
    """Audits whose days on site are fewer than the share of the quoted days that has to be spent there."""
    share = clocks.number("audit_on_site_percent")
    rows = (
        Audit.objects.filter(
            state=AuditState.REPORTED, stage2_started_at__isnull=False, stage2_ended_on__isnull=False
        )
        .select_related("agency", "firm__organisation")
        .annotate(people=Count("team", distinct=True))
        .order_by("-stage2_ended_on")
    )
    found = []
    for audit in rows:
        assert audit.stage2_started_at is not None
        assert audit.stage2_ended_on is not None
        spent = days_on_site(audit.stage2_started_at.date(), audit.stage2_ended_on, max(1, audit.people))
        if too_short(spent, float(audit.days), share):
            found.append(_short(audit, spent, share))
    return found[:MOST_SHOWN]


def _short(audit: Audit, spent: int, share: int) -> Signal:
    return Signal(
        "short",
        _("Audit %(number)s was short") % {"number": audit.number},
        _(
            "%(spent)s auditor days on site of %(quoted)s quoted; at least %(share)s %% are asked for. Firm: %(firm)s."
        )
        % {"spent": spent, "quoted": audit.days, "share": share, "firm": audit.firm.organisation.name},
        [Place(audit.number, reverse("reports:audit", args=[audit.pk])), _agency_place(audit.agency)],
    )


@dataclass(frozen=True)
class AuditorCount:
    """How many findings an auditor made as lead in reported audits, and how many others would have."""

    name: str
    audits: int
    findings: int
    expected: float
    auditor_id: UUID | None = None


def auditor_counts() -> list[AuditorCount]:
    """Lead auditors with their findings (critical, major, minor) and what the others' mean would give."""
    audits = dict(
        Audit.objects.filter(state=AuditState.REPORTED)
        .values_list("lead_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    findings = dict(
        Finding.objects.filter(audit__state=AuditState.REPORTED, grade__in=COUNTED, issued_at__isnull=False)
        .values_list("audit__lead_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    names = dict(
        Audit.objects.filter(lead_id__in=audits).values_list("lead_id", "lead__person__full_name").distinct()
    )
    held, made = sum(audits.values()), sum(findings.values())
    counts = []
    for lead, n in audits.items():
        others = held - n
        rate = (made - findings.get(lead, 0)) / others if others else 0.0
        counts.append(AuditorCount(names[lead], n, findings.get(lead, 0), n * rate, lead))
    return sorted(counts, key=lambda one: one.name)


def auditor_panel(auditor: Auditor, user: User) -> Panel | None:
    """What an auditor found as lead beside what the others' mean would give, on the page of the auditor."""
    if not user.is_kind("scheme"):
        return None
    count = next((one for one in auditor_counts() if one.auditor_id == auditor.pk), None)
    rows = (
        Audit.objects.filter(lead=auditor, state=AuditState.REPORTED)
        .select_related("agency")
        .annotate(
            found=Count("findings", filter=Q(findings__grade__in=COUNTED, findings__issued_at__isnull=False))
        )
        .order_by("-stage2_ended_on")[:MOST_SHOWN]
    )
    enough, percent = clocks.number("signal_outlier_audits"), clocks.number("signal_outlier_percent")
    judged = count is not None and count.audits >= enough
    word = outlier(count.findings, count.expected, percent) if count is not None and judged else ""
    return Panel(
        "desks/_auditor_findings.html",
        {"count": count, "rows": list(rows), "word": word, "judged": judged, "enough": enough},
    )


def outlying_auditors(counts: Iterable[AuditorCount] | None = None) -> list[Signal]:
    """Lead auditors who find far fewer or far more than the others, once they have led enough audits."""
    enough, percent = clocks.number("signal_outlier_audits"), clocks.number("signal_outlier_percent")
    found = []
    for one in auditor_counts() if counts is None else counts:
        word = outlier(one.findings, one.expected, percent) if one.audits >= enough else ""
        if word:
            found.append(Signal("auditor", _outlier_title(one, word), _outlier_words(one)))
    return found


def _outlier_title(one: AuditorCount, word: str) -> str:
    if word == "fewer":
        return _("%(name)s finds far less than others") % {"name": one.name}
    return _("%(name)s finds far more than others") % {"name": one.name}


def _outlier_words(one: AuditorCount) -> str:
    return _(
        "%(findings)s findings in %(audits)s audits as lead; others would have made about %(expected)s. "
        "Easy or hard clients explain much: look at the audits before you talk."
    ) % {"findings": one.findings, "audits": one.audits, "expected": f"{one.expected:.1f}"}


def _agency_place(agency: Agency) -> Place:
    return Place(agency.legal_name, reverse("agencies:agency", args=[agency.pk]))
