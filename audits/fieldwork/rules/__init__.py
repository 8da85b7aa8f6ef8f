"""Questions that need no database: the data of signs and meetings, and what a picture carries."""

from .pictures import without_metadata
from .signs import Sign, SignList, agenda, sign_list, states_a_verdict

__all__ = ["Sign", "SignList", "agenda", "sign_list", "states_a_verdict", "without_metadata"]
