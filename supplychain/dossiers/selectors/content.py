"""The content of a version, and what a copy of it holds. A copy is made from a version alone."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from iris.accounts.models import User
from iris.core import clocks, files
from iris.core.models import ChainLink, StoredFile
from supplychain.dossiers.models import Dossier, DossierVersion
from supplychain.dossiers.rules import checking as checker
from supplychain.dossiers.rules import law_of
from supplychain.dossiers.rules.archive import Piece, as_json
from supplychain.dossiers.rules.holding import answered
from supplychain.dossiers.rules.laws import PATH, Law
from supplychain.dossiers.rules.redaction import redacted
from supplychain.dossiers.selectors.gathering import frame_of, pieces_of
from supplychain.dossiers.states import Profile, Scope
from supplychain.lookups.models import Lookup

README = """This archive holds one dossier: the PDF, the pieces it rests on, an index of them (index.csv, index.json)
and a manifest with the SHA-256 of each file. The SHA-256 of the manifest is the top hash; it stands on the PDF.

Check it without us:   python3 check_dossier.py THIS.zip [TOP-HASH]
or with any tool:      sha256sum -c manifest.sha256

A receipt (receipts/*.json) is the canonical JSON whose SHA-256 is the hash of the receipt.
What a copy for another reader leaves out is said in content.json under "profile".
"""


def content_of(dossier: Dossier, version: int, actor: User) -> dict[str, Any]:
    """Everything, as it is now: what a version freezes."""
    law = law_of(dossier.law)
    frame = frame_of(dossier)
    last = ChainLink.objects.order_by("-seq").values_list("seq", flat=True).first()
    names = {str(one.id): one.name for one in frame.chain.parties}
    return {
        "kind": "iris.dossier/1",
        "scheme": settings.SCHEME_NAME,
        "number": dossier.number,
        "version": version,
        "law": _law(law, dossier.period_to),
        "laws_sha256": hashlib.sha256(PATH.read_bytes()).hexdigest(),
        "title": dossier.title,
        "organisation": {"name": dossier.organisation.name, "country": dossier.organisation.country},
        "period": {"from": dossier.period_from.isoformat(), "to": dossier.period_to.isoformat()},
        "as_of": frame.chain.on.isoformat(),
        "scope": str(dossier.scope),
        "suppliers": [names[one] for one in dossier.suppliers if one in names]
        if dossier.scope == Scope.CHOSEN
        else [],
        "signed_by": dossier.signed_by,
        "approved_by": dossier.approved_by,
        "approved_on": dossier.approved_on.isoformat() if dossier.approved_on else "",
        "made_by": actor.label,
        "made_at": clocks.now().isoformat(timespec="seconds"),
        "events_up_to": last or 0,
        "words": {
            row.ask: {"text": row.text, "audience": str(row.audience)}
            for row in dossier.words.order_by("ask")
        },
        "pieces": pieces_of(frame),
    }


def _law(law: Law, day: date) -> dict[str, Any]:
    """The law as it was understood: frozen with the dossier, because laws move."""
    return {
        "code": law.code,
        "short": law.short,
        "name": law.name,
        "country": law.country,
        "output": law.output,
        "facts": [
            {
                "label": fact.label,
                "text": fact.text,
                "valid_from": fact.valid_from.isoformat(),
                "source": fact.source,
                "verify": fact.verify,
            }
            for fact in law.facts_on(day)
        ],
        "asks": [
            {
                "code": ask.code,
                "title": ask.title,
                "text": ask.text,
                "pieces": list(ask.pieces),
                "verify": ask.verify,
            }
            for ask in law.asks
        ],
    }


def copy_content(version: DossierVersion, profile: str) -> dict[str, Any]:
    """The content of one copy, with what is held and missing for each thing the law asks."""
    whole: dict[str, Any] = json.loads(version.content)
    shown = redacted(whole, profile)
    words = {code: row["text"] for code, row in whole["words"].items()}
    shown["asks"] = [
        {
            "code": one.ask.code,
            "title": one.ask.title,
            "text": one.ask.text,
            "verify": one.ask.verify,
            "state": one.state,
            "words": shown["words"].get(one.ask.code, ""),
            "words_kept_back": bool(words.get(one.ask.code)) and one.ask.code not in shown["words"],
            "held": [
                {"piece": held.piece, "label": held.label, "count": held.count, "latest": held.latest}
                for held in one.held
                if held.count
            ],
            "missing": [held.missing for held in one.missing],
        }
        for one in answered(_law_from(whole["law"]), whole["pieces"], words)
    ]
    del shown["words"]
    return shown


def _law_from(row: dict[str, Any]) -> Law:
    from supplychain.dossiers.rules.laws import Ask, Fact

    return Law(
        row["code"],
        row["short"],
        row["name"],
        row["country"],
        row["output"],
        tuple(Fact(**{**one, "valid_from": date.fromisoformat(one["valid_from"])}) for one in row["facts"]),
        tuple(Ask(**{**one, "pieces": tuple(one["pieces"])}) for one in row["asks"]),
    )


def files_of(version: DossierVersion, profile: str, shown: dict[str, Any]) -> list[Piece]:
    """Every file of a copy but the PDF."""
    found = [
        Piece("content.json", "content", "The dossier as data", as_json(shown), shown["as_of"]),
        Piece("README.txt", "index", "How to read and check this archive", README.encode()),
        Piece(
            "check_dossier.py",
            "index",
            "Checks this archive; needs Python only",
            Path(checker.__file__).read_bytes(),
        ),
    ]
    if profile in (Profile.FULL, Profile.AUTHORITY):
        found += [*_receipts(version, shown), *_decisions(shown), *_evidence(version, shown)]
    if profile != Profile.PUBLIC:
        found += _requests(shown)
        found += [
            Piece(f"{name}.json", name, title, as_json(shown["pieces"][name]), shown["as_of"])
            for name, title in SHEETS.items()
            if shown["pieces"].get(name)
        ]
    return found


SHEETS = {
    "chain": "Parties of the labour supply chain",
    "links": "Links of the labour supply chain",
    "findings": "Findings of the chain",
    "certificates": "Recruiters with their standing",
    "risk": "Risk scores",
    "screenings": "Screenings",
    "conditions": "Conditions",
    "nominations": "Nominations",
    "watches": "Outcomes of watches",
    "steps": "Steps of the due-diligence cycle",
}


def _receipts(version: DossierVersion, shown: dict[str, Any]) -> list[Piece]:
    numbers = {row["number"]: row for row in shown["pieces"]["receipts"]}
    rows = Lookup.objects.filter(
        organisation_id=version.dossier.organisation_id, number__in=list(numbers)
    ).order_by("number")
    return [
        Piece(
            f"receipts/{row.number}.json",
            "receipts",
            f"Receipt {row.number}",
            row.snapshot.encode(),
            numbers[row.number]["on"],
        )
        for row in rows.iterator()
    ]


def _decisions(shown: dict[str, Any]) -> list[Piece]:
    return [
        Piece(
            f"decisions/{row['number']}.json",
            "decisions",
            f"Decision {row['number']}",
            as_json(row),
            row["on"],
        )
        for row in shown["pieces"]["decisions"]
    ]


def _requests(shown: dict[str, Any]) -> list[Piece]:
    return [
        Piece(
            f"requests/{row['number']}.json", "requests", f"Request {row['number']}", as_json(row), row["on"]
        )
        for row in shown["pieces"]["requests"]
        if row.get("number")
    ]


ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def _evidence(version: DossierVersion, shown: dict[str, Any]) -> list[Piece]:
    wanted = {row["evidence_id"]: row for row in shown["pieces"]["conditions"] if row.get("evidence_id")}
    rows = StoredFile.objects.filter(
        pk__in=list(wanted), organisation_id=version.dossier.organisation_id
    ).order_by("sha256")
    found = {}
    for row in rows:
        path = f"evidence/{row.sha256[:16]}.{ENDINGS.get(row.media_type, 'bin')}"
        title = f"Shows condition {wanted[str(row.pk)]['number']} of {wanted[str(row.pk)]['decision']}"
        found[path] = Piece(path, "conditions", title, files.read(row), wanted[str(row.pk)]["closed_on"])
    return list(found.values())
