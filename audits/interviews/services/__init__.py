"""The acts of an interview, of the vault and of safeguarding."""

from .holding import (
    InterviewDetails,
    Reply,
    change_interview,
    finish_interview,
    plan_interview,
    record_consent,
    save_statements,
    stop_interview,
    withdraw_interview,
)
from .safeguarding import close_case, enter_hotline, raise_danger, safeguard
from .vault import (
    IdentityInput,
    check_employment,
    erase_due,
    name_person,
    open_earlier,
    open_vault,
    reseal,
)

__all__ = [
    "IdentityInput",
    "InterviewDetails",
    "Reply",
    "change_interview",
    "check_employment",
    "close_case",
    "enter_hotline",
    "erase_due",
    "finish_interview",
    "name_person",
    "open_earlier",
    "open_vault",
    "plan_interview",
    "raise_danger",
    "record_consent",
    "reseal",
    "safeguard",
    "save_statements",
    "stop_interview",
    "withdraw_interview",
]
