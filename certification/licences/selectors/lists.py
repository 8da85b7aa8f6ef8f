"""Registers with what their lists are worth, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.licences import permissions
from certification.licences.models import Entry, Snapshot
from certification.licences.rules.numbers import number_key
from certification.licences.rules.registers import RegisterSpec, registers
from certification.licences.states import Freshness, Outcome
from iris.accounts.models import User
from iris.core import clocks
from iris.core.moves import Todo
from iris.core.places import country_name


@dataclass(frozen=True)
class RegisterLine:
    """One register, its newest list that could be read, and its last attempt."""

    spec: RegisterSpec
    read: Snapshot | None
    last: Snapshot | None

    @property
    def freshness(self) -> Freshness:
        """What answers from this register are worth today."""
        if self.last is None:
            return Freshness.NEVER
        if not self.last.was_read:
            return Freshness.DOWN
        age = (clocks.today() - self.last.retrieved_at.date()).days
        return Freshness.STALE if age > self.spec.stale_days else Freshness.FRESH

    @property
    def fresh(self) -> bool:
        """Whether it is relied on."""
        return self.freshness == Freshness.FRESH

    @property
    def stale_on(self) -> object:
        """The last day on which the newest list is relied on."""
        return self.read.retrieved_at.date() + timedelta(days=self.spec.stale_days) if self.read else None


def register_lines() -> list[RegisterLine]:
    """Every register with its lists. Two queries."""
    last = {row.register: row for row in _newest(Snapshot.objects.all())}
    read = {row.register: row for row in _newest(Snapshot.objects.filter(outcome=Outcome.READ))}
    return [RegisterLine(spec, read.get(spec.code), last.get(spec.code)) for spec in registers()]


def _newest(rows: QuerySet[Snapshot]) -> QuerySet[Snapshot]:
    return rows.order_by("register", "-retrieved_at", "-created_at").distinct("register")


def register_line(spec: RegisterSpec) -> RegisterLine:
    """One register with its lists."""
    return RegisterLine(spec, latest_read(spec.code), snapshots_of(spec.code).first())


def snapshots_of(code: str) -> QuerySet[Snapshot]:
    """Every attempt at a register, newest first."""
    return Snapshot.objects.filter(register=code).select_related("imported_by", "file", "same_as")


def latest_read(code: str) -> Snapshot | None:
    """The newest list that could be read."""
    return snapshots_of(code).filter(outcome=Outcome.READ).first()


def entries_of(snapshot: Snapshot) -> QuerySet[Entry]:
    """What stands in a list."""
    return Entry.objects.filter(snapshot_id=snapshot.same_as_id or snapshot.pk)


def search_entries(
    spec: RegisterSpec, snapshot: Snapshot, text: str = "", status: str = ""
) -> QuerySet[Entry]:
    """Entries by a part of the name or by the number, in any script and spelling of it."""
    rows = entries_of(snapshot)
    if status:
        rows = rows.filter(status=status)
    wanted = text.strip()
    if wanted:
        key = number_key(spec, wanted)
        same = Q(key=key) | Q(number__icontains=wanted) if key else Q()
        rows = rows.filter(Q(name__icontains=wanted) | same)
    return rows.order_by("row")


def entry(entry_id: UUID) -> Entry:
    """One line with its list. Raises Entry.DoesNotExist."""
    return Entry.objects.select_related("snapshot").get(pk=entry_id)


def history_of(row: Entry) -> list[tuple[Snapshot, Entry | None]]:
    """What each list of the register said of this number, newest first."""
    snapshots = list(snapshots_of(row.snapshot.register)[:60])
    bodies = {one.same_as_id or one.pk for one in snapshots}
    held = {one.snapshot_id: one for one in Entry.objects.filter(snapshot_id__in=bodies, key=row.key)}
    return [(one, held.get(one.same_as_id or one.pk)) for one in snapshots]


def may_import(user: User, spec: RegisterSpec) -> bool:
    """Whether the person may bring a list of this register in."""
    return permissions.may_import(user, spec.country)


def todos_for(user: User) -> list[Todo]:
    """Registers whose lists can no longer be relied on, for whoever brings them in; one never had is no debt."""
    mine = {spec.code for spec in registers() if permissions.may_import(user, spec.country)}
    if not mine:
        return []
    lines = [
        line
        for line in register_lines()
        if line.last is not None and not line.fresh and line.spec.code in mine
    ]
    if not lines:
        return []
    names = ", ".join(country_name(line.spec.country) for line in lines)
    title = ngettext(
        "%(count)s licence register answers “unknown”",
        "%(count)s licence registers answer “unknown”",
        len(lines),
    ) % {"count": len(lines)}
    what = _("Bring in a newer list: %(names)s.") % {"names": names}
    return [Todo(title=title, url=reverse("licences:desk"), what=what, icon="license")]
