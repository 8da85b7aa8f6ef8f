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
        from iris.developers import codes

        codes.register()
