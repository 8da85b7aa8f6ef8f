"""The API as a product: keys people ask for, the sandbox, answers kept for a retry, errors and guides."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopersConfig(AppConfig):
    """Developers."""

    name = "iris.developers"
    label = "iris_developers"
    verbose_name = _("Developers")

    def ready(self) -> None:
        """Name the codes of refusals."""
        from iris.accounts.selectors import ask_before_live
        from iris.core import events
        from iris.core.context import add_nav
        from iris.developers import codes, sandbox, selectors, told

        codes.register()
        told.register()
        sandbox.offer_all()
        ask_before_live(selectors.opened_to)
        add_nav(_("First call"), "developers:landing", "code", kinds=("developer",), order=15)
        add_nav(_("Live keys"), "developers:live", "key", kinds=("developer",), order=20)
        add_nav(
            _("Developers"),
            "developers:requests",
            "code",
            kinds=("scheme",),
            order=82,
            roles=("scheme_manager",),
        )
        prefix = "iris_developers.liverequest."
        events.name_acts(
            {
                f"{prefix}asked": _("Live API keys asked for"),
                f"{prefix}accept": _("Live API keys opened"),
                f"{prefix}refuse": _("Live API keys refused"),
                f"{prefix}withdraw": _("Request for live API keys withdrawn"),
            },
            stops=(f"{prefix}refuse",),
        )
