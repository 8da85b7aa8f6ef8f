"""The acts of a kit."""

from .applying import ChoicesRefused, apply_return, choose
from .making import abandon_kit, make_kit
from .returning import GivenBack, give_back, may_apply

__all__ = [
    "ChoicesRefused",
    "GivenBack",
    "abandon_kit",
    "apply_return",
    "choose",
    "give_back",
    "make_kit",
    "may_apply",
]
