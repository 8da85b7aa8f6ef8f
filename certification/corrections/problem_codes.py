"""Refusals of this room by machine."""

from django.utils.translation import gettext_lazy as _

from iris.core.problems import name


def register() -> None:
    """Name them."""
    name(
        "too_many_disputes",
        status=409,
        title=_("Too many disputes are open, or came today"),
        cause=_(
            "One sender has as many open disputes of one agency as are looked at, or the page was flooded."
        ),
        fix=_("Wait for the answers, or take one back and say all in one."),
    )
    name(
        "file_number_used",
        status=409,
        title=_("This file number belongs to another notice"),
        cause=_("You filed a notice under this number before, with other words."),
        fix=_("Give another notice another number. The very same notice sent twice is one."),
    )
