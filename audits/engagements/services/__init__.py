"""The acts of an audit, from the offer to the end of stage 2."""

from ..rules import refuse_texts
from .fieldwork import (
    close_stage1,
    count_interviews,
    keep_count,
    reopen_stage1,
    start_stage1,
    start_stage2,
)
from .intelligence import NOTED_IN, Heard, note_prior
from .making import Size
from .objecting import (
    change_lead,
    dismiss_objection,
    object_to,
    uphold_objection,
    withdraw_objection,
)
from .offers import Refusal, accept_audit, cancel_audit, decline_audit, offer_audit
from .ordering import KIND_OF_ORDER, offer_closure_audit, offer_ordered_audit
from .plan_checks import PlanInput, Visit
from .planning import declare_no_conflict, plan_audit, tell_due_plans
from .rating import Clash, IndicatorRating, Saved, StaleRatings, autosave, rate_indicators
from .telling import bar_team, facts_for_mail, tell_agency, tell_scheme, tell_team
from .witnessing import plan_witness, record_witness

__all__ = [
    "KIND_OF_ORDER",
    "NOTED_IN",
    "Clash",
    "Heard",
    "IndicatorRating",
    "PlanInput",
    "Refusal",
    "Saved",
    "Size",
    "StaleRatings",
    "Visit",
    "accept_audit",
    "autosave",
    "bar_team",
    "cancel_audit",
    "change_lead",
    "close_stage1",
    "count_interviews",
    "declare_no_conflict",
    "decline_audit",
    "dismiss_objection",
    "facts_for_mail",
    "keep_count",
    "note_prior",
    "object_to",
    "offer_audit",
    "offer_closure_audit",
    "offer_ordered_audit",
    "plan_audit",
    "plan_witness",
    "rate_indicators",
    "record_witness",
    "refuse_texts",
    "reopen_stage1",
    "start_stage1",
    "start_stage2",
    "tell_agency",
    "tell_due_plans",
    "tell_scheme",
    "tell_team",
    "uphold_objection",
    "withdraw_objection",
]
