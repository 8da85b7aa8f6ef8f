"""What the domain says when it refuses. No HTTP here: iris.core.drf and iris.core.middleware map these."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class DomainError(Exception):
    """A refusal with a stable `code`, a sentence, what is `missing`, and messages by field."""

    code = "domain_error"
    default_message: Text = _("This could not be done.")

    def __init__(
        self,
        message: Text = "",
        *,
        code: str | None = None,
        missing: Iterable[Text] = (),
        fields: Mapping[str, Iterable[Text]] | None = None,
    ) -> None:
        self.code = code or self.code
        self.message: Text = message or self.default_message
        self.missing: list[Text] = list(missing)
        self.fields: dict[str, list[Text]] = {name: list(texts) for name, texts in (fields or {}).items()}
        super().__init__(str(self.message))


class BadInput(DomainError):
    """What was given cannot be used; `fields` says where, what was expected, what was found, what to do."""

    code = "bad_input"
    default_message = _("Please correct what is marked.")


class ReasonRequired(BadInput):
    """The act needs a reason and none was given."""

    code = "reason_required"
    default_message = _("Give a reason. It is kept with the decision and shown to the people concerned.")


class NotPermitted(DomainError):
    """The person may see the thing but may not do this."""

    code = "not_permitted"
    default_message = _("Your role does not allow this.")


class TransitionRefused(DomainError):
    """The thing is not ready; `missing` lists what is left to do."""

    code = "transition_refused"
    default_message = _("Not yet: something is missing.")


class Frozen(DomainError):
    """The product stands still: it may be read and not written."""

    code = "frozen"
    default_message = _("The register stands still for now and takes nothing in. Try again later.")


class Conflict(DomainError):
    """Somebody else was first; the message says who did what and when."""

    code = "conflict"
    default_message = _("Someone else changed this first.")
