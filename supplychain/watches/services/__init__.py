"""Acts on watches, and the runs."""

from supplychain.watches.services.checking import agency_changed, chain_changed, check_watch
from supplychain.watches.services.digests import send_due
from supplychain.watches.services.heartbeat import look_after
from supplychain.watches.services.keeping import (
    Settings,
    change_some,
    change_watch,
    end_watch,
    pause_watch,
    people_ids,
    resume_watch,
    set_plan,
    settings_of,
    watch,
)
from supplychain.watches.services.rounds import go_on
from supplychain.watches.services.telling import tell, tell_again

__all__ = [
    "Settings",
    "agency_changed",
    "chain_changed",
    "change_some",
    "change_watch",
    "check_watch",
    "end_watch",
    "go_on",
    "look_after",
    "pause_watch",
    "people_ids",
    "resume_watch",
    "send_due",
    "set_plan",
    "settings_of",
    "tell",
    "tell_again",
    "watch",
]
