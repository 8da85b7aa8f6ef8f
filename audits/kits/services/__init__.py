"""The acts of a kit."""

from .applying import ChoicesRefused, apply_return, choose
from .making import abandon_kit, make_kit
from .returning import GivenBack, give_back, may_apply
from .seen import add_file

__all__ = [
    "ChoicesRefused",
    "GivenBack",
    "abandon_kit",
    "add_file",
    "apply_return",
    "choose",
    "give_back",
    "make_kit",
    "may_apply",
]
