"""Acts on lists and samples."""

from .drawing import draw_sample
from .identities import Identity, item_references, open_member, open_members
from .keeping import draw_reserve, mark_item, mark_items, raise_stratum, release_references, replace_member
from .lists import (
    ListRefused,
    ask_again,
    ask_for_list,
    begin_list,
    confirm_list,
    forget_drafts,
    keep_draft,
    set_aside,
)

__all__ = [
    "Identity",
    "ListRefused",
    "ask_again",
    "ask_for_list",
    "begin_list",
    "confirm_list",
    "draw_reserve",
    "draw_sample",
    "forget_drafts",
    "item_references",
    "keep_draft",
    "mark_item",
    "mark_items",
    "open_member",
    "open_members",
    "raise_stratum",
    "release_references",
    "replace_member",
    "set_aside",
]
