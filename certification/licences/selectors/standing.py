"""What a register says of one licence, as of a day.

A source that is down, failed or stale is unknown, never clean. Not found is only said of a fresh and whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from babel import Locale
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.licences.models import Entry, Snapshot
from certification.licences.rules.days import bs_year_in_words
from certification.licences.rules.numbers import alike_key, number_key, usual_shape
from certification.licences.rules.registers import Note, RegisterSpec, register_of
from certification.licences.states import LicenceStatus, Outcome
from iris import matching
from iris.core import clocks, prepared
from iris.core.days import in_words
from iris.core.places import country_name
from iris.core.prepared import Prepared
from iris.core.states import facts_of


@dataclass(frozen=True)
class Asked:
    """One licence asked about."""

    country: str
    number: str
    name: str = ""


@dataclass(frozen=True)
class LicenceStanding:
    """The answer: normalised, raw word and language, register, source and when the list was retrieved."""

    status: LicenceStatus
    raw: str = ""
    lang: str = ""
    register: str = ""
    source: str = ""
    retrieved_at: datetime | None = None
    licence_terms: str = ""
    note: str = ""
    code: str = ""
    entry_id: UUID | None = None
    valid_to: date | None = None
    hint: str = ""
    country_notes: tuple[Note, ...] = ()

    @property
    def label(self) -> StrOrPromise:
        """The normalised state in words."""
        return self.status.label

    @property
    def tone(self) -> str:
        """For the state tag."""
        return str(facts_of(self.status).tone)

    @property
    def icon(self) -> str:
        """For the state tag."""
        return facts_of(self.status).icon

    @property
    def lost(self) -> bool:
        """Whether the register took the licence away, for a time or for good."""
        return self.status in (LicenceStatus.SUSPENDED, LicenceStatus.REVOKED)

    @property
    def language(self) -> str:
        """The language of the raw word, in words."""
        return language_name(self.lang) if self.lang else ""

    @property
    def sentence(self) -> str:
        """The answer in one line of plain words."""
        if self.status == LicenceStatus.UNKNOWN:
            return _("Unknown: %(why)s") % {"why": self.note}
        if self.status == LicenceStatus.NOT_FOUND:
            text = _("Not on the register as of %(day)s.") % {"day": _day(self.retrieved_at)}
        elif self.raw:
            text = _("%(state)s (“%(raw)s”, %(language)s) as of %(day)s.") % {
                "state": self.label,
                "raw": self.raw,
                "language": self.language,
                "day": _day(self.retrieved_at),
            }
        else:
            text = _("%(state)s (on the list, which has no word for it) as of %(day)s.") % {
                "state": self.label,
                "day": _day(self.retrieved_at),
            }
        return " ".join(part for part in (text, self.note) if part)


@cache
def _languages(locale: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(locale, sep="-").languages)
    except ValueError:
        return dict(Locale("en").languages)


def language_name(code: str) -> str:
    """A language in the reader's language."""
    return _languages(get_language() or "en").get(code, code)


def _day(at: datetime | date | None) -> str:
    return in_words(at) if at else ""


def standing_of(country: str, number: str, name: str = "", on: date | None = None) -> LicenceStanding:
    """What the register of the country said of this licence on a day (today by default)."""
    return standings_of([Asked(country, number, name)], on)[0]


def standings_of(asked: Sequence[Asked], on: date | None = None) -> list[LicenceStanding]:
    """The same for many licences: a fixed number of queries for each country."""
    day = on or clocks.today()
    answers: dict[Asked, LicenceStanding] = {}
    by_country: dict[str, list[Asked]] = {}
    for one in asked:
        by_country.setdefault(one.country, []).append(one)
    for country, of_country in by_country.items():
        answers.update(_of_register(register_of(country), country, of_country, day))
    return [answers[one] for one in asked]


def _attempts(register: str, before: datetime) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(register=register, retrieved_at__lt=before)


# Every lookup asks these for every country.
_marks = {"register": prepared.TEXT, "before": prepared.MOMENT}
_last = Prepared(lambda register, before: _attempts(register, before)[:1], **_marks)
_last_read = Prepared(
    lambda register, before: _attempts(register, before).filter(outcome=Outcome.READ)[:1], **_marks
)


def _of_register(
    spec: RegisterSpec | None, country: str, asked: Iterable[Asked], day: date
) -> dict[Asked, LicenceStanding]:
    asked = list(asked)
    if spec is None:
        why = _("we know no register of licences of %(country)s.") % {"country": country_name(country)}
        return dict.fromkeys(asked, LicenceStanding(LicenceStatus.UNKNOWN, note=why))
    before = datetime.combine(day + timedelta(days=1), time(0), tzinfo=UTC)
    last = _last.first(register=spec.code, before=before)
    read = last if last is None or last.was_read else _last_read.first(register=spec.code, before=before)
    found = _entries(spec, read, asked) if read else {}
    trust = _why_not(spec, last, read, day)
    return {one: _answer(spec, read, found.get(one), one, day, trust) for one in asked}


def _why_not(spec: RegisterSpec, last: Snapshot | None, read: Snapshot | None, day: date) -> str:
    """Why the newest list cannot be relied on; empty when it can."""
    if last is None:
        return _("no list of %(register)s has been read yet.") % {"register": spec.name}
    if not last.was_read:
        return _("the source could not be read on %(day)s (%(why)s).") % {
            "day": _day(last.retrieved_at),
            "why": last.why_failed.rstrip("."),
        }
    if read is not None and (day - read.retrieved_at.date()).days > spec.stale_days:
        return _("the newest list is of %(day)s, older than the %(days)s days for which we rely on it.") % {
            "day": _day(read.retrieved_at),
            "days": spec.stale_days,
        }
    return ""


def _entries(spec: RegisterSpec, read: Snapshot, asked: Iterable[Asked]) -> dict[Asked, Entry]:
    keys = {one: number_key(spec, one.number) for one in asked}
    rows = Entry.objects.filter(snapshot_id=read.same_as_id or read.pk, key__in=set(keys.values()))
    held = {row.key: row for row in rows}
    return {one: held[key] for one, key in keys.items() if key in held}


def _answer(
    spec: RegisterSpec, read: Snapshot | None, entry: Entry | None, asked: Asked, day: date, why_not: str
) -> LicenceStanding:
    status, note = _status(spec, read, entry, day, why_not)
    notes = [note] if note else []
    if entry and asked.name and entry.name and _another_name(asked.name, entry.name):
        notes.append(_("The register has this number under the name “%(name)s”.") % {"name": entry.name})
    notes.extend(_waits(spec, entry, day))
    return LicenceStanding(
        status=status,
        raw=entry.raw_status if entry else "",
        lang=entry.lang if entry else "",
        register=spec.title,
        source=read.source if read else "",
        retrieved_at=read.retrieved_at if read else None,
        licence_terms=spec.data_terms,
        note=" ".join(notes),
        code=spec.code,
        entry_id=entry.pk if entry else None,
        valid_to=entry.valid_to if entry else None,
        hint=_look_alike(spec, read, asked) if read and entry is None else "",
        country_notes=spec.notes,
    )


def _status(
    spec: RegisterSpec, read: Snapshot | None, entry: Entry | None, day: date, why_not: str
) -> tuple[LicenceStatus, str]:
    if why_not:
        if read and entry:
            last = _("The last list that could be read, of %(day)s, said: %(word)s.") % {
                "day": _day(read.retrieved_at),
                "word": LicenceStatus(entry.status).label,
            }
            return LicenceStatus.UNKNOWN, f"{why_not} {last}"
        return LicenceStatus.UNKNOWN, why_not
    if entry is None:
        if read and read.complete:
            return LicenceStatus.NOT_FOUND, ""
        return LicenceStatus.UNKNOWN, _(
            "the number is not in our copy, which holds only a part of the register."
        )
    status = LicenceStatus(entry.status)
    if status == LicenceStatus.UNKNOWN:
        if not entry.raw_status:
            return status, _("the register gives no state for it.")
        return status, _("the register’s word “%(word)s” is not one we know.") % {"word": entry.raw_status}
    if (
        status in (LicenceStatus.ACTIVE, LicenceStatus.CONDITIONAL)
        and entry.valid_to
        and entry.valid_to < day
    ):
        return LicenceStatus.EXPIRED, _("By the register it ended on %(day)s.") % {
            "day": _day(entry.valid_to)
        }
    return status, ""


def _waits(spec: RegisterSpec, entry: Entry | None, day: date) -> list[str]:
    """Rules that make a new entry wait before it may do all of its work."""
    said = []
    for note in spec.notes:
        if note.rule == "wait_years" and entry and entry.valid_from and entry.valid_from >= note.day:
            until = clocks.add_months(entry.valid_from, 12 * note.value)
            if day < until:
                said.append(
                    _(
                        "Entered on %(day)s: by a rule of %(rule)s it may not serve foreigners who need a permit "
                        "before %(until)s."
                    )
                    % {"day": _day(entry.valid_from), "rule": _day(note.day), "until": _day(until)}
                )
    return said


def _another_name(one: str, other: str) -> bool:
    """Whether two names share no word that tells agencies apart; across scripts nobody can say."""
    first, second = (set(str(matching.normalise(name)).split()) for name in (one, other))
    return bool(first and second) and not first & second


def _look_alike(spec: RegisterSpec, read: Snapshot, asked: Asked) -> str:
    key = number_key(spec, asked.number)
    if not key:
        return ""
    rows = Entry.objects.filter(snapshot_id=read.same_as_id or read.pk, alike=alike_key(key))
    row = rows.exclude(key=key).first()
    if row is None:
        return ""
    return _("A number that looks like it stands there: %(number)s, %(name)s. That is only a hint.") % {
        "number": row.number,
        "name": row.name or _("without a name"),
    }


def last_word(country: str, number: str) -> tuple[LicenceStatus, Entry | None]:
    """What the newest readable list says, however old: to notice what was lost, never to call anything clean."""
    spec = register_of(country)
    attempts = Snapshot.objects.filter(register=spec.code, outcome=Outcome.READ) if spec else None
    read = attempts.first() if attempts is not None else None
    if spec is None or read is None:
        return LicenceStatus.UNKNOWN, None
    asked = Asked(country, number)
    entry = _entries(spec, read, [asked]).get(asked)
    return _status(spec, read, entry, read.retrieved_at.date(), "")[0], entry


def shape_warning(country: str, number: str) -> str:
    """A sentence when the number looks unlike the country's licence numbers. It warns; nothing refuses."""
    spec = register_of(country)
    if spec is None or usual_shape(spec, number):
        return ""
    shape = spec.shapes[0]
    words = {"country": country_name(country), "example": shape.example}
    if shape.confirmed:
        return (
            _(
                "This does not look like a licence number of %(country)s, such as %(example)s. Check it. You can go on."
            )
            % words
        )
    return (
        _(
            "This does not look like a licence number of %(country)s as we know it, such as %(example)s (no source "
            "confirms this shape). Check it. You can go on."
        )
        % words
    )


def year_note(country: str, number: str) -> str:
    """What the years in a Nepal licence number mean in the common calendar."""
    years = bs_year_in_words(number) if country == "NP" else None
    if years is None:
        return ""
    first, second = years
    shown = f"{first}/{second % 100:02d}" if second != first else str(first)
    return _("%(years)s is of Bikram Sambat: from April %(start)s on, in the common calendar.") % {
        "years": shown,
        "start": first - 57,
    }
