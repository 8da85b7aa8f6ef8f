"""Who has a number, a phone or a web address: one query over indexed columns, however many texts are asked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from certification.agencies.selectors import compact, lei_problem, number_key
from iris.core.prepared import Statement
from supplychain.lookups.rules import PUBLIC_MAIL, domain_of, email_of, is_lei_like, phone_of, same_phone
from supplychain.lookups.states import How

SHORTEST = 3
TAIL = 7
MOST = 6
# In the order in which they decide.
RANK = {How.CERTIFICATE: 0, How.LICENCE: 1, How.REGISTRATION: 2, How.LEI: 3, How.NUMBER: 4, How.CONTACT: 5}

_SQL = """
SELECT hit.how, hit.asked, a.id, a.legal_name, a.country, hit.shown, hit.place FROM (
  SELECT 'certificate' how, c.number_plain asked, c.agency_id, max(c.number) shown, '' place
    FROM certification_certificates_certificate c WHERE c.number_plain = ANY(%(upper)s)
    GROUP BY c.number_plain, c.agency_id
  UNION ALL
  SELECT 'licence', l.number_key, l.agency_id, l.number, l.country || ' ' || l.authority
    FROM certification_agencies_licence l WHERE l.number_key = ANY(%(lower)s)
  UNION ALL
  SELECT 'registration', r.registration_key, r.id, r.registration_number, r.country
    FROM certification_agencies_agency r WHERE r.registration_key = ANY(%(lower)s)
  UNION ALL
  SELECT CASE i.scheme WHEN 'lei' THEN 'lei' ELSE 'number' END, i.key, i.agency_id, i.value, i.country
    FROM certification_agencies_agencyidentifier i WHERE i.key = ANY(%(upper)s)
  UNION ALL
  SELECT 'phone', agency_phone_tail(p.phone), p.id, p.phone, ''
    FROM certification_agencies_agency p
    WHERE agency_phone_tail(p.phone) = ANY(%(tails)s)
  UNION ALL
  SELECT 'web', agency_web_domain(w.website), w.id, w.website, ''
    FROM certification_agencies_agency w
    WHERE agency_web_domain(w.website) = ANY(%(domains)s)
  UNION ALL
  SELECT 'domain', agency_mail_domain(m.email), m.id, m.email, ''
    FROM certification_agencies_agency m
    WHERE agency_mail_domain(m.email) = ANY(%(domains)s)
) hit JOIN certification_agencies_agency a ON a.id = hit.agency_id
WHERE a.enrolled_at IS NOT NULL
ORDER BY a.legal_name, a.id
"""
_ONE = Statement(
    "lookups_one_number",
    _SQL.replace("ANY(%(upper)s)", "$1")
    .replace("ANY(%(lower)s)", "$2")
    .replace("ANY(%(tails)s)", "$3")
    .replace("ANY(%(domains)s)", "$4"),
    ("text", "text", "text", "text"),
)


@dataclass(frozen=True)
class Hit:
    """An agency that has what was asked: by what, and the number as the register writes it, in words."""

    how: How
    agency_id: UUID
    legal_name: str
    country: str
    why: str


@dataclass(frozen=True)
class _Keys:
    """One text in every way in which a number may be compared."""

    upper: str = ""
    lower: str = ""
    phone: str = ""
    domain: str = ""
    email: str = ""


@dataclass
class _Wanted:
    upper: set[str] = field(default_factory=set)
    lower: set[str] = field(default_factory=set)
    tails: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)


def problem_with_number(text: str) -> str:
    """Why a number that was typed cannot be right; empty when nothing says so. Only an LEI tells by itself."""
    if not is_lei_like(text):
        return ""
    return lei_problem(_without_prefix(text))


def _without_prefix(text: str) -> str:
    plain = compact(text)
    return plain.removeprefix("LEI") if len(plain) == 23 else plain


def _keys(text: str) -> _Keys:
    mail = email_of(text)
    if mail is not None:
        address, domain = mail
        return _Keys(email=address, domain=domain)
    domain = domain_of(text)
    plain = _without_prefix(text)
    if len(plain) < SHORTEST or not any(one.isdigit() for one in plain):
        return _Keys(domain=domain)
    return _Keys(plain, number_key(plain), phone_of(text), domain)


def hits_for(texts: Sequence[str]) -> list[list[Hit]]:
    """For each text the agencies that have it as a number, phone or address; the strongest kind of hit only."""
    keys = [_keys(text) for text in texts]
    wanted = _Wanted()
    for one in keys:
        wanted.upper |= {one.upper} - {""}
        wanted.lower |= {one.lower} - {""}
        wanted.tails |= {one.phone[-TAIL:]} - {""}
        wanted.domains |= {one.domain} - {""}
    if not (wanted.upper or wanted.tails or wanted.domains):
        return [[] for _text in texts]
    rows = _rows(wanted)
    return [_best(one, rows) for one in keys]


Row = tuple[str, str, UUID, str, str, str, str]


def _rows(wanted: _Wanted) -> dict[tuple[str, str], list[Row]]:
    given = {name: sorted(values) for name, values in vars(wanted).items()}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows_of(given):
        found[row[0], row[1]].append(row)
    return found


def _rows_of(given: dict[str, list[str]]) -> list[Row]:
    """One text, as in a single check, by a statement whose plan is kept."""
    if all(len(values) < 2 for values in given.values()):
        ones = (given[name][0] if given[name] else None for name in ("upper", "lower", "tails", "domains"))
        return _ONE.rows(*ones)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)
        return list(cursor.fetchall())


def _best(keys: _Keys, rows: dict[tuple[str, str], list[Row]]) -> list[Hit]:
    hits: list[Hit] = []
    for how, name, key in (
        (How.CERTIFICATE, "certificate", keys.upper),
        (How.LICENCE, "licence", keys.lower),
        (How.REGISTRATION, "registration", keys.lower),
        (How.LEI, "lei", keys.upper),
        (How.NUMBER, "number", keys.upper),
    ):
        hits += [_hit(how, row) for row in rows.get((name, key), ()) if key]
    if not hits:
        hits = _contacts(keys, rows)
    best = min((RANK[hit.how] for hit in hits), default=0)
    kept = {hit.agency_id: hit for hit in reversed(hits) if RANK[hit.how] == best}
    return list(reversed(kept.values()))[:MOST]


def _contacts(keys: _Keys, rows: dict[tuple[str, str], list[Row]]) -> list[Hit]:
    found: list[Row] = []
    if keys.phone:
        found += [
            row for row in rows.get(("phone", keys.phone[-TAIL:]), ()) if same_phone(row[5], keys.phone)
        ]
    if keys.domain:
        found += rows.get(("web", keys.domain), ())
        mails = rows.get(("domain", keys.domain), ())
        if keys.email:
            exact = [row for row in mails if row[5].lower() == keys.email]
            if exact:
                return [_hit(How.CONTACT, row) for row in exact]
        if keys.domain not in PUBLIC_MAIL:
            found += mails
    return [_hit(How.CONTACT, row) for row in found]


def _hit(how: How, row: Row) -> Hit:
    kind, _asked, agency_id, name, country, shown, place = row
    words = {
        "certificate": _("certificate number %(shown)s"),
        "licence": _("licence number %(shown)s (%(place)s)"),
        "registration": _("registration number %(shown)s"),
        "lei": _("LEI %(shown)s"),
        "number": _("tax or register number %(shown)s"),
        "phone": _("phone number %(shown)s"),
        "web": _("web address %(shown)s"),
        "domain": _("e-mail address at %(shown)s"),
    }
    if kind == "domain":
        shown = shown.rpartition("@")[2]
    return Hit(how, agency_id, name, country, words[kind] % {"shown": shown, "place": place})
