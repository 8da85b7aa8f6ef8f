"""Many checks at once: a list as it is, screened row by row."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningsConfig(AppConfig):
    """Puts screenings into the rail and names their acts."""

    name = "supplychain.screenings"
    label = "supplychain_screenings"
    verbose_name = _("Screenings")

    def ready(self) -> None:
        """Register the rail entry and the words of the acts."""
        from iris.core import events, outbox
        from iris.core.context import add_nav
        from supplychain.screenings.permissions import KINDS

        add_nav(_("Screenings"), "screenings:list", "list-search", kinds=KINDS, order=25)
        outbox.expect("watches.screening_done")
        prefix = "supplychain_screenings.screening."
        words = {
            "uploaded": _("List uploaded"),
            "map_columns": _("Columns mapped"),
            "rechecked": _("The same file taken once more"),
            "make_ready": _("List read, ready to start"),
            "find_no_row": _("List read, no row can be checked"),
            "give_back": _("The file could not be read like this"),
            "start": _("Screening started"),
            "pause": _("Screening paused"),
            "resume": _("Screening resumed"),
            "cancel": _("Screening cancelled"),
            "finish": _("Screening finished"),
            "resolved": _("Row resolved"),
        }
        events.name_acts({prefix + act: text for act, text in words.items()}, stops=(prefix + "cancel",))
