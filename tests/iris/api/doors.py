"""Every door of the API by hand: its route, its methods, the scope each of them asks for. A new route is added here."""

from __future__ import annotations

PUBLIC = "public"
ANY_KEY = "any key"

R, C, A = "read:register", "read:certification", "read:audits"
L, CH, W, DI, DO = "read:lookups", "read:chains", "read:watches", "read:diligence", "read:dossiers"
WC, WA, WCH = "write:certification", "write:audits", "write:chains"
WH, WWH = "read:webhooks", "write:webhooks"
CO, WCO, WL = "read:corrections", "write:corrections", "write:licences"
WW, WDI, WDO, WDE = "write:watches", "write:diligence", "write:dossiers", "write:decisions"

# Routes whose address names a thing that belongs to somebody: for everybody else it does not exist.
OWNED: dict[str, dict[str, str]] = {
    "application": {"GET": C},
    "assessment": {"GET": C},
    "assessment_answer": {"PATCH": WC},
    "assessment_answers": {"GET": C},
    "audit": {"GET": A},
    "authority_notice": {"GET": CO},
    "authority_notice_withdrawal": {"POST": WCO},
    "auditor_busy": {"GET": A, "POST": WA},
    "auditor_busy_period": {"DELETE": WA},
    "chain_party": {"GET": CH},
    "condition_met": {"POST": WDI},
    "decision": {"GET": DI},
    "decision_withdrawal": {"POST": WDI},
    "dispute": {"GET": CO},
    "dispute_withdrawal": {"POST": WCO},
    "dossier": {"GET": DO},
    "dossier_making": {"POST": WDO},
    "dossier_pdf": {"GET": DO},
    "dossier_revision": {"POST": WDO},
    "dossier_zip": {"GET": DO},
    "finding": {"GET": A},
    "finding_containment": {"POST": WA},
    "finding_evidence": {"POST": WA},
    "finding_plan": {"POST": WA},
    "lookup": {"GET": L},
    "nomination": {"GET": DI, "DELETE": WDI},
    "receipt_json": {"GET": L},
    "receipt_pdf": {"GET": L},
    "repayment": {"GET": C},
    "request": {"GET": DI},
    "risk_recruiter": {"GET": DI},
    "screening": {"GET": L},
    "screening_acts": {"POST": L},
    "screening_csv": {"GET": L},
    "screening_differences": {"GET": L},
    "screening_mapping": {"PUT": L},
    "screening_proof": {"GET": L},
    "screening_resolution": {"PUT": WDE, "DELETE": WDE},
    "screening_rows": {"GET": L},
    "screening_xlsx": {"GET": L},
    "watch": {"GET": W, "PATCH": WW},
    "watch_acts": {"POST": WW},
    "watches_ledger": {"GET": W},
    "webhook": {"GET": WH, "PATCH": WWH, "DELETE": WWH},
    "webhook_messages": {"GET": WH},
    "webhook_pause": {"POST": WWH},
    "webhook_ping": {"POST": WWH},
    "webhook_replay": {"POST": WWH},
    "webhook_resume": {"POST": WWH},
    "webhook_secret": {"POST": WWH},
}

# Lists and figures of whoever asks: nobody else's things appear in them.
MINE: dict[str, dict[str, str]] = {
    "applications": {"GET": C},
    "assessments": {"GET": C},
    "auditors": {"GET": A},
    "audits": {"GET": A},
    "authority_notices": {"GET": CO, "POST": WCO},
    "chain": {"GET": CH},
    "chain_findings": {"GET": CH},
    "chain_imports": {"POST": WCH},
    "chain_levels": {"GET": CH},
    "chain_links": {"GET": CH},
    "chain_parties": {"GET": CH},
    "conditions": {"GET": DI},
    "coverage": {"GET": CH},
    "decisions": {"GET": DI, "POST": WDI},
    "disputes": {"GET": CO, "POST": WCO},
    "dossiers": {"GET": DO, "POST": WDO},
    "findings": {"GET": A},
    "lookups": {"GET": L, "POST": L},
    "match": {"POST": L},
    "match_decisions": {"POST": WDE},
    "me": {"GET": ANY_KEY},
    "nominations": {"GET": DI, "POST": WDI},
    "own_key": {"DELETE": ANY_KEY},
    "own_certificates": {"GET": C},
    "own_lists": {"POST": WC},
    "repayments": {"GET": C},
    "requests": {"GET": DI},
    "risk_recruiters": {"GET": DI},
    "risk_weights": {"GET": DI, "PUT": WDI},
    "risk_weights_reset": {"POST": WDI},
    "screenings": {"GET": L, "POST": L},
    "training_courses": {"GET": C},
    "training_level": {"GET": C},
    "training_records": {"GET": C},
    "watches": {"GET": W, "POST": WW},
    "watches_changes": {"GET": W},
    "watches_notices": {"GET": W},
    "webhooks": {"GET": WH, "POST": WWH},
}

# What the register says to everybody who has a key, or to everybody.
OPEN: dict[str, dict[str, str]] = {
    "agencies": {"GET": R},
    "agency": {"GET": R},
    "agency_licences": {"GET": R},
    "certificate": {"GET": R},
    "certificate_revisions": {"GET": R},
    "certificates": {"GET": R},
    "found_key": {"POST": PUBLIC},
    "licence_lists": {"POST": WL},
    "licence_registers": {"GET": R},
    "openapi": {"GET": PUBLIC},
    "receipt": {"GET": PUBLIC},
    "register": {"GET": R},
    "register_entry": {"GET": R},
    "risk_corridors": {"GET": R},
    "risk_sectors": {"GET": R},
    "root": {"GET": PUBLIC},
    "statistics": {"GET": R},
    "verify": {"POST": PUBLIC},
}

DOORS: dict[str, dict[str, str]] = {**OWNED, **MINE, **OPEN}
