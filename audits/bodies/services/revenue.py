"""What audit firms earn from whom: the share of one client is a threat to impartiality above a limit."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock
from iris.core.money import Money, is_currency

from .. import rules, selectors
from ..models import AuditFirm, ClientFee, FirmYear
from ..permissions import may_manage_firm
from ..states import ThreatKind
from .register import write_threat


@transaction.atomic
def keep_firm_year(
    *, firm_id: UUID, actor: User, year: int, currency: str, turnover: Money, fees: Mapping[UUID, Money]
) -> FirmYear:
    """Keep a firm's turnover of a year and what it invoiced to each agency; given again it replaces the year.

    A share above the scheme's limit goes into the register of threats by itself, once for firm, agency and year.
    """
    firm = lock(AuditFirm, firm_id)
    if not may_manage_firm(firm, actor):
        raise NotPermitted
    _check(year, currency, turnover, fees)
    row, _made = FirmYear.objects.update_or_create(
        firm=firm, year=year, defaults={"currency": currency, "turnover_minor": turnover.minor}
    )
    for agency_id, fee in fees.items():
        ClientFee.objects.update_or_create(of=row, agency_id=agency_id, defaults={"amount_minor": fee.minor})
    row.fees.exclude(agency_id__in=fees).delete()
    events.record(firm, act="keep_year", actor=actor, data={"year": year, "clients": len(fees)})
    _threats(firm, row, actor)
    return row


def _check(year: int, currency: str, turnover: Money, fees: Mapping[UUID, Money]) -> None:
    problems: dict[str, list[str]] = {}
    this_year = clocks.today().year
    if not this_year - 10 <= year <= this_year:
        problems["year"] = [
            _("Give a year from %(first)s to %(last)s.") % {"first": this_year - 10, "last": this_year}
        ]
    if not is_currency(currency):
        problems["currency"] = [_("Choose a currency from the list.")]
    if turnover.minor <= 0:
        problems["turnover"] = [_("Give the turnover of the whole firm as an amount above 0.")]
    total = sum(one.minor for one in fees.values())
    if any(one.minor < 0 for one in fees.values()):
        problems["fees"] = [_("A fee is 0 or more.")]
    elif turnover.minor > 0 and total > turnover.minor:
        problems["turnover"] = [
            _("The fees add up to %(total)s, more than the turnover. Check both figures.")
            % {"total": Money(total, currency).text}
        ]
    if problems:
        raise BadInput(fields=problems)


def _threats(firm: AuditFirm, row: FirmYear, actor: User) -> None:
    most = clocks.number("revenue_share_warn_percent")
    for fee in row.fees.select_related("agency"):
        permille = selectors.permille(fee.amount_minor, row.turnover_minor)
        if permille <= most * 10:
            continue
        words = _("%(agency)s paid %(share)s %% of the turnover of %(firm)s in %(year)s.") % {
            "agency": fee.agency.legal_name,
            "share": rules.permille_text(permille),
            "firm": firm.organisation.name,
            "year": row.year,
        }
        write_threat(
            kind=ThreatKind.SELF_INTEREST,
            text=words,
            actor=actor,
            firm=firm,
            agency=Agency.objects.get(pk=fee.agency_id),
            source=f"revenue {row.year} {str(firm.pk)[:12]} {str(fee.agency_id)[:12]}",
        )
