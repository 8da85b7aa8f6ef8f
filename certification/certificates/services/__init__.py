"""Deciding on applications, and the life of the certificates that come of it."""

from certification.certificates.services.auditing import (
    cancel_audit,
    order_audit,
    record_audit_held,
    record_audit_missed,
)
from certification.certificates.services.correcting import propose_for_finding
from certification.certificates.services.deciding import ConditionDraft, decide_application
from certification.certificates.services.deferring import answer_deferral, defer_decision
from certification.certificates.services.issuing import (
    correct_certificate,
    day_of,
    issue_certificate,
    last_day,
)
from certification.certificates.services.life import (
    expire_certificate,
    expire_due,
    meet_condition,
    relinquish_certificate,
)
from certification.certificates.services.marking import (
    accept_mark_terms,
    ask_takedown,
    check_misuse,
    confirm_removed,
    dismiss_misuse,
    escalate_misuse,
    give_mark,
    report_misuse,
)
from certification.certificates.services.printing import (
    certificate_context,
    offer_sealing,
    render_pdf,
    status_url,
)
from certification.certificates.services.proposing import (
    Wanted,
    Words,
    carry_out,
    propose,
    undo,
    vote_on_proposal,
)
from certification.certificates.services.ruling import (
    ensure_windows,
    lapse_reviews,
    licence_lost,
    miss_surveillance,
    propose_for_conditions,
    remind_surveillance,
    suspend_for_conditions,
    withdraw_overlong,
)
from certification.certificates.services.writing import next_serial

__all__ = [
    "ConditionDraft",
    "Wanted",
    "Words",
    "accept_mark_terms",
    "answer_deferral",
    "ask_takedown",
    "cancel_audit",
    "carry_out",
    "certificate_context",
    "check_misuse",
    "confirm_removed",
    "correct_certificate",
    "day_of",
    "decide_application",
    "defer_decision",
    "dismiss_misuse",
    "ensure_windows",
    "escalate_misuse",
    "expire_certificate",
    "expire_due",
    "give_mark",
    "issue_certificate",
    "lapse_reviews",
    "last_day",
    "licence_lost",
    "meet_condition",
    "miss_surveillance",
    "next_serial",
    "offer_sealing",
    "order_audit",
    "propose",
    "propose_for_conditions",
    "propose_for_finding",
    "record_audit_held",
    "record_audit_missed",
    "relinquish_certificate",
    "remind_surveillance",
    "render_pdf",
    "report_misuse",
    "status_url",
    "suspend_for_conditions",
    "undo",
    "vote_on_proposal",
    "withdraw_overlong",
]
