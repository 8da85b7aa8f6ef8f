"""What the map's script says and draws: words in the person's language, outlines of icons."""

from typing import Any

from django.utils.translation import gettext as _

from iris.core.icons import icon_svg
from supplychain.chains.selectors.sight import ICONS, TONE_ICONS

SIGNS = (
    "alert-circle",
    "ban",
    "circle-check",
    "circle-minus",
    "circle-x",
    "clock",
    "door-exit",
    "help-circle",
    "hourglass",
    "minus",
    "replace",
    "antenna-bars-2",
    "antenna-bars-3",
    "antenna-bars-5",
)


def script_words() -> dict[str, Any]:
    """Words and icons for static/js/chain-map.js."""
    names = sorted({*ICONS.values(), *TONE_ICONS.values(), *SIGNS, "lock", "flag"})
    return {
        "icons": {name: str(icon_svg(name)) for name in names},
        "words": {
            "level": _("level {n} of {all}"),
            "finding": _("{n} finding"),
            "findings": _("{n} findings"),
            "hidden": _("{n} folded below"),
            "unfold": _("Unfold {n} below"),
            "fold": _("Fold what is below"),
            "shown": _("{n} of {all} parties drawn"),
            "leftOut": _("{n} more found no room. Choose a smaller part."),
            "failed": _(
                "The map could not be loaded. Your connection may be gone: try again, or read the tree."
            ),
            "nothing": _("No party of the chain holds these words."),
            "found": _("{n} found"),
            "expired": _("The page was open for long. Load it again."),
            "file": _("chain"),
            "asOf": _("As of {day}"),
            "circle": _("closes a circle"),
            "confidential": _("name kept by the supplier"),
            "map": _("Map"),
            "workersPay": _("workers pay"),
        },
    }
