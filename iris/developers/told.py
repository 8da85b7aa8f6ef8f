"""What an answer of each code says: sentences of the product, with names of the sandbox. A test compares them."""

from collections.abc import Mapping
from typing import Any

from iris.core.problems import show

AGENCY = "Test Narrow Overseas"
NOT_READY = "Not yet: something is missing."
CORRECT = "Please correct what is marked."

# code -> the title of an answer, and the members it adds
EDGE: dict[str, tuple[str, Mapping[str, Any]]] = {
    "bad_request": ("The request could not be read.", {}),
    "idempotency_key_invalid": (
        "An Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID.",
        {},
    ),
    "invalid": (
        "The request is not valid.",
        {
            "errors": {
                "countri": [
                    "There is no such field. There are: changed_since, corridor, country, cursor, ordering, "
                    "page_size, q."
                ]
            }
        },
    ),
    "parse_error": ("The body is not JSON: Expecting value: line 1 column 10 (char 9)", {}),
    "authentication_failed": ("Unknown API key. Expected: Authorization: Api-Key <prefix>.<secret>", {}),
    "not_authenticated": ("Authentication credentials were not provided.", {}),
    "not_in_sandbox": ("The sandbox does not offer this. It needs a live key.", {}),
    "permission_denied": ("The API key lacks the scope that this endpoint needs: read:watches.", {}),
    "not_found": ("There is nothing here, or nothing that you may see.", {}),
    "method_not_allowed": ('Method "DELETE" not allowed.', {}),
    "not_acceptable": ("Could not satisfy the request Accept header.", {}),
    "unsupported_media_type": ('Unsupported media type "application/xml" in request.', {}),
    "too_large": ("The body has 6000000 bytes; this endpoint takes 5000000.", {}),
    "address_too_long": ("The address is too long.", {}),
    "bad_input": (CORRECT, {"errors": {"destination": ["A corridor needs both countries."]}}),
    "idempotency_key_reused": (
        "This Idempotency-Key came with another request before. Use a new key for a new request.",
        {},
    ),
    "idempotency_in_flight": (
        "The first request with this Idempotency-Key is still being answered. Ask again.",
        {},
    ),
    "throttled": ("You made your 600 calls of this window. The next one opens in 12 s.", {}),
    "error": ("Something went wrong on our side", {}),
    "frozen": (
        "Nothing can be sent or changed for now. What you sent was not taken in.",
        {"as_of": "2026-11-22T10:00:00Z", "valid": None},
    ),
    "status_unknown": (
        "What is known here is too old to rely on. Whether a certificate is valid is unknown: ask the scheme.",
        {"as_of": "2026-11-20T10:00:00Z", "valid": None},
    ),
}
SHARED: dict[str, tuple[str, Mapping[str, Any]]] = {
    "not_permitted": ("Your role does not allow this.", {}),
    "reason_required": ("Give a reason. It is kept with the decision and shown to the people concerned.", {}),
    "conflict": ("Someone else changed this first.", {}),
    "transition_refused": (NOT_READY, {"missing": ["Stage 1 has not found the agency ready for stage 2."]}),
    "domain_error": ("This could not be done.", {}),
}
ROOMS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "last_in_role": (
        f"Pia Sommerfeld is the last signatory of {AGENCY}. Give someone else this role first: without it nobody "
        "could speak for the organisation.",
        {},
    ),
    "invitation_unknown": ("This link does not belong to an open invitation. Ask for a new one.", {}),
    "invitation_expired": (
        "This invitation was valid until 3 May 2026. Ask Pia Sommerfeld to send it again.",
        {},
    ),
    "scope_empty": (
        "A certificate says for which corridors and sectors it holds. The agency has named none.",
        {},
    ),
    "deferred": (
        "The decision waits for the answer to the questions of Leila Haddadi, until 3 May 2026.",
        {},
    ),
    "open_findings": ("No certificate can be granted while a critical or major finding is open.", {}),
    "reinstate_not_ready": ("The certificate cannot be reinstated yet.", {}),
    "others_work_for_them": (
        "2 sub-agents work for Test Twin Overseas. Say first for whom else they work, or take them off.",
        {},
    ),
    "enrolment_incomplete": ("Your enrolment is not complete yet.", {}),
    "already_enrolled": (
        "Some answers need another look.",
        {
            "errors": {
                "registration_number": [
                    "An agency with this registration number is already enrolled in this country. Check the number. "
                    "If it is yours, ask your colleagues for an invitation, or write to the scheme."
                ]
            }
        },
    ),
    "results_missing": (
        "The course cannot be closed yet.",
        {"missing": ["The last day is 3 May 2026.", "No result yet: Pia Sommerfeld"]},
    ),
    "reopening_withdrawn": (
        "The scheme took this reopening back on 3 May 2026. What you declared before stands.",
        {},
    ),
    "assessment_frozen": (
        "Pia Sommerfeld declared this self-assessment on 3 May 2026. Since then nothing of it can change.",
        {},
    ),
    "evidence_declared": (
        "This document is part of a declared self-assessment and stays as it is. Upload a new one instead.",
        {},
    ),
    "no_edition": ("No edition of the Standard is in force today.", {}),
    "stays_on_edition": ("Edition 2 is the one in force. There is nothing to move to.", {}),
    "not_declared": ("Only a declared self-assessment that nothing has replaced can be reopened.", {}),
    "another_open": (
        "The agency is working on cycle 2 already. Ask there, or wait until it is declared.",
        {},
    ),
    "voted": ("You voted on 3 May 2026. A vote is given once and stays.", {}),
    "not_appealable": ("This is not decided, so there is nothing to appeal against.", {}),
    "too_late": (
        "The time for an appeal ended on 3 May 2026, 30 days after the decision. You can write to the scheme office "
        "about new facts.",
        {},
    ),
    "standard_document": ("This is not a valid file of the Standard. Nothing was changed.", {}),
    "edition_issued": (
        "Edition 1 was issued and its text does not change. The file differs in: A.1.2. Give changed text a new "
        "edition number, in a file of its own.",
        {},
    ),
    "barred": (
        "You rejected this application and the appeal was upheld. Somebody else screens it now.",
        {},
    ),
    "claimed": (
        "Amara Diallo has this case since 3 May 2026, 09:30 UTC. They, or a scheme manager, can release it.",
        {},
    ),
    "certificate_running": (
        "Certificate SANDBOX-C-0003 runs until 14 January 2099. Its renewal can be applied for from 14 July 2098.",
        {
            "missing": [
                "Certificate SANDBOX-C-0003 runs until 14 January 2099. Its renewal can be applied for from 14 July "
                "2098."
            ]
        },
    ),
    "not_eligible": ("Your agency is not ready to apply yet.", {}),
    "submit_not_ready": (NOT_READY, {"missing": ["The cost ledger has no job order yet"]}),
    "stale_ratings": (
        "Somebody else saved meanwhile. Read both texts and save the one that counts.",
        {},
    ),
    "auditor_ineligible": ("Ilse Obuya-Marchetti may not take this audit.", {}),
    "extension_not_possible": ("More time is asked for already and waits for a decider.", {}),
    "repeated_minor": (
        NOT_READY,
        {
            "missing": [
                "Finding 4 repeats minor 2 of audit ORIS-A-2026-0147 on indicator A.1.2: a repeated minor is at least "
                "a major. Change its grade, or withdraw it."
            ]
        },
    ),
    "grade_below_data": (
        NOT_READY,
        {
            "missing": [
                "Finding 4: what fails on indicator A.1.2 is at least major. Give the reason for less."
            ]
        },
    ),
    "report_not_ready": (NOT_READY, {"missing": ["The draft report has not been sent to the agency."]}),
    "never_overridden": (
        "Nobody lets this through: they worked for the agency. Choose another auditor.",
        {},
    ),
    "choices_refused": (CORRECT, {}),
    "list_refused": ("Nothing was kept: some rows have to be corrected first.", {}),
    "stratum_exhausted": (
        "Nepal to Qatar: all 12 on the list are drawn already. Raise another stratum of the same corridor, or give "
        "the place up without a replacement: the statement then says so.",
        {},
    ),
    "already_screened": (
        "“suppliers.xlsx” is exactly the file that Anneke Voss uploaded on 3 May 2026. Open that screening, or screen "
        "the file again as a new one.",
        {},
    ),
    "not_your_register": (
        "You may send the list of your own country's register. This one is of BD.",
        {},
    ),
    "file_number_used": (
        "You filed N-2026-0001 under this file number, with other words. Give another notice another number.",
        {},
    ),
    "too_many_disputes": (
        "You have 3 open disputes of this entry. Wait for the answers, or take one back and say all in one.",
        {},
    ),
    "workbook_refused": ("The workbook was not taken. Nothing was saved.", {}),
}
EVERY = {**EDGE, **SHARED, **ROOMS}


def register() -> None:
    """Show them all as examples."""
    for code, (title, more) in EVERY.items():
        show(code, title, more)
