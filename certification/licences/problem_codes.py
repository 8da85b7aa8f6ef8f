"""Refusals of this room by machine."""

from django.utils.translation import gettext_lazy as _

from iris.core.problems import name


def register() -> None:
    """Name them."""
    name(
        "not_your_register",
        status=403,
        title=_("This register is another country's"),
        cause=_(
            "An authority sends the list of its own country's register, and nobody else does by machine."
        ),
        fix=_("Take the code from `GET /api/v1/licence-registers/`: `yours` says which it is."),
    )
