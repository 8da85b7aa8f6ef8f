"""Employers: three-tier chains and checks, and the list of suppliers that is screened."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.core.places import country_name
from iris.demo.building.scheme import World
from supplychain.chains import services as chains
from supplychain.chains.states import Claim, PartyKind
from supplychain.lookups import services as lookups

INVENTED = (
    "Red Falcon Recruitment",
    "Zanzibar Ferry Crews",
    "Granite Peak Labour",
    "Saffron Gate Placements",
    "Tundra Hands",
)
MISSPELT = {
    "Overseas": "Oversea",
    "Recruitment": "Recruitmnt",
    "Services": "Servces",
    "Employment": "Emploiment",
    "Manpower": "Man power",
}
# What buyers write when they know half of a name: somebody has to say who is meant.
SHORTENED = ("Sagarpani", "Shapla Recruiting", "Meghna International", "Luntian Manpower")


def build(world: World, now: datetime) -> None:
    """Chains for every employer; checks and one list for the first."""
    pool = list(world.agencies.values())
    for index, (user, row) in enumerate(world.employers):
        with clocks.freeze(now - timedelta(days=90 - index * 10)):
            _chain(user, row, pool, index)
    user = world.employers[0][0]
    for days, text in ((40, "Kalimaroo Oversea Service"), (21, "Sagarpani Manpower"), (3, "Orvane Staffing")):
        with clocks.freeze(now - timedelta(days=days)):
            lookups.look_up(actor=user, text=text)


def _chain(user: User, row: Mapping[str, Any], pool: list[Agency], index: int) -> None:
    add, link = chains.add_party, chains.add_link
    since = clocks.today() - timedelta(days=300)
    buyer = add(actor=user, kind=PartyKind.BUYER, name=row["name"], country=row["country"])
    for turn, written in enumerate(row["sites"]):
        name, country = written.split("/")
        site = add(actor=user, kind=PartyKind.SITE, name=name, country=country)
        link(
            actor=user, upper=buyer, lower=site, since=since, claim=Claim.VERIFIED, how="Supply contract seen"
        )
        for step in range(3):
            agency = pool[(index * 11 + turn * 5 + step * 3) % len(pool)]
            recruiter = add(
                actor=user,
                kind=PartyKind.RECRUITER_ORIGIN,
                name=agency.legal_name,
                country=agency.country,
                agency=agency,
            )
            link(
                actor=user,
                upper=site,
                lower=recruiter,
                since=since,
                workers=30 + 17 * step,
                claim=Claim.DECLARED,
            )
            sub = add(
                actor=user,
                kind=PartyKind.SUB_AGENT,
                name=f"Village agent of {agency.city}",
                country=agency.country,
            )
            link(actor=user, upper=recruiter, lower=sub, since=since, workers=12 + step)
        unknown = add(
            actor=user, kind=PartyKind.RECRUITER_ORIGIN, name=INVENTED[(index + turn) % 5], country=""
        )
        link(actor=user, upper=site, lower=unknown, since=since, workers=20)


def supplier_list(pool: list[Agency]) -> bytes:
    """A list as an employer would have it: register names misspelt, invented ones, blanks, a formula-like cell."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Suppliers 2026")
    sheet.write_row(0, 0, ["Supplier", "Ctry", "Licence no.", "Remark"])
    line = 1
    for index, agency in enumerate(pool):
        name = agency.legal_name
        for word, wrong in MISSPELT.items():
            name = name.replace(word, wrong) if index % 2 else name
        country = country_name(agency.country) if index % 4 else ""
        sheet.write_row(line, 0, [name, country, "", "checked last year" if index % 5 == 0 else ""])
        line += 1
    for name in (*SHORTENED, *INVENTED):
        sheet.write_row(line, 0, [name, "" if name in SHORTENED else "Atlantis", "", ""])
        line += 1
    sheet.write_row(line, 0, ["", "Nepal", "", "name to be asked"])
    sheet.write_string(line + 1, 0, "=HYPERLINK(0)")
    book.close()
    return out.getvalue()
