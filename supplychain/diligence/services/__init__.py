"""Acts of due diligence."""

from supplychain.diligence.services.conditions import meet_condition, remind_of_conditions, waive_condition
from supplychain.diligence.services.deciding import (
    ConditionEntry,
    approve_decision,
    decide,
    decline_decision,
    withdraw_decision,
)
from supplychain.diligence.services.setting import change_approval, settings_for

__all__ = [
    "ConditionEntry",
    "approve_decision",
    "change_approval",
    "decide",
    "decline_decision",
    "meet_condition",
    "remind_of_conditions",
    "settings_for",
    "waive_condition",
    "withdraw_decision",
]
