"""The register of threats, shares of revenue as a board reads them, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks
from iris.core.money import Money
from iris.core.moves import Todo

from .. import rules
from ..models import AuditFirm, ClientFee, FirmYear, Threat
from ..permissions import may_confirm_override, may_read_bodies
from ..states import ThreatKind, ThreatState
from .firms import auditor_of
from .independence import declared_until, overrides_waiting, permille


def threats_visible_to(user: User) -> QuerySet[Threat]:
    """The whole register for the scheme, nothing for others."""
    if not may_read_bodies(user):
        return Threat.objects.none()
    return Threat.objects.select_related("firm__organisation", "auditor__person", "agency", "owner")


def threats_list(user: User, *, show: str = "", kind: str = "") -> QuerySet[Threat]:
    """What is not closed by its review day, or everything."""
    rows = threats_visible_to(user)
    if show != "all":
        rows = rows.exclude(state=ThreatState.CLOSED)
    if kind in ThreatKind.values:
        rows = rows.filter(kind=kind)
    return rows


@dataclass(frozen=True)
class KindCount:
    """How many threats of one kind there are."""

    kind: ThreatKind
    open: int
    safeguarded: int
    closed: int


def threat_counts() -> list[KindCount]:
    """Every kind with its counts, also those with none."""
    rows = {
        row["kind"]: row
        for row in Threat.objects.order_by()
        .values("kind")
        .annotate(
            open=Count("pk", filter=Q(state=ThreatState.OPEN)),
            safeguarded=Count("pk", filter=Q(state=ThreatState.SAFEGUARDED)),
            closed=Count("pk", filter=Q(state=ThreatState.CLOSED)),
        )
    }
    none = {"open": 0, "safeguarded": 0, "closed": 0}
    return [
        KindCount(kind, *(rows.get(str(kind), none)[name] for name in ("open", "safeguarded", "closed")))
        for kind in ThreatKind
    ]


@dataclass(frozen=True)
class Share:
    """What one client weighs in a firm's year."""

    fee: ClientFee
    amount: Money
    permille: int
    tone: str

    @property
    def text(self) -> str:
        """The share in per cent."""
        return rules.permille_text(self.permille)


@dataclass(frozen=True)
class YearShares:
    """A firm's year with its clients, the weightiest first."""

    year: FirmYear
    turnover: Money
    shares: list[Share]


def years_of(firms: list[AuditFirm], *, most_shown: int = 10) -> list[YearShares]:
    """The last year with figures of each firm and its weightiest clients."""
    warn, most = clocks.number("revenue_share_warn_percent"), clocks.number("revenue_share_most_percent")
    last: dict[object, FirmYear] = {}
    for row in (
        FirmYear.objects.filter(firm__in=firms)
        .select_related("firm__organisation")
        .prefetch_related("fees__agency")
        .order_by("year")
    ):
        last[row.firm_id] = row
    found = []
    for row in sorted(last.values(), key=lambda one: one.firm.organisation.name):
        shares = []
        for fee in list(row.fees.all())[:most_shown]:
            part = permille(fee.amount_minor, row.turnover_minor)
            tone = "stop" if part > most * 10 else "care" if part > warn * 10 else "good"
            shares.append(Share(fee, Money(fee.amount_minor, row.currency), part, tone))
        found.append(YearShares(row, Money(row.turnover_minor, row.currency), shares))
    return found


def todos_for(user: User) -> list[Todo]:
    """Declarations to make, overrides to confirm, threats to look at again."""
    if user.is_kind("audit_firm"):
        return _declaration_todos(user)
    if not user.is_kind("scheme"):
        return []
    found = []
    if may_confirm_override(user):
        found += [
            Todo(
                title=_("Confirm or refuse: %(auditor)s for %(agency)s")
                % {"auditor": one.auditor.person.label, "agency": one.application.agency.legal_name},
                url=reverse("bodies:answer_override", args=[one.pk]),
                what=one.sentence,
                icon="shield-check",
            )
            for one in overrides_waiting(user)[:50]
        ]
    due = threats_list(user).filter(owner=user, review_on__lte=clocks.today())
    return found + [
        Todo(
            title=_("Look again at a threat to impartiality"),
            url=reverse("bodies:threat", args=[one.pk]),
            what=Truncator(one.text).chars(80),
            due=one.review_on,
            icon="shield-check",
        )
        for one in due[:50]
    ]


def _declaration_todos(user: User) -> list[Todo]:
    auditor = auditor_of(user)
    if auditor is None:
        return []
    today = clocks.today()
    last = declared_until({auditor.pk}, today).get(auditor.pk)
    if last is not None and (last - today).days > clocks.number("auditor_declaration_reminder_days"):
        return []
    return [
        Todo(
            title=_("Declare your interests for the year"),
            url=reverse("bodies:my_declaration"),
            what=_("Without it no audit is given to you."),
            due=last or today,
            icon="shield-check",
        )
    ]


def money(minor: int, year: FirmYear) -> Money:
    """An amount in the currency of that year's figures."""
    return Money(minor, year.currency)
