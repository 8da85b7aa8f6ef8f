"""Who may call: nobody, until a view names a scope."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.metadata import BaseMetadata
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views reads these classes while it is being imported
    from rest_framework.views import APIView


class Closed(BasePermission):
    """Nobody, until a view names who."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


class Scoped(BasePermission):
    """An API client whose key carries the view's `required_scope`."""

    message: Any = gettext_lazy("The API key lacks the scope this endpoint needs.")

    def has_permission(self, request: Request, view: "APIView") -> bool:
        scopes = getattr(request.auth, "scopes", None)
        needed = getattr(view, "required_scope", None)
        if needed:
            self.message = _("The API key lacks the scope that this endpoint needs: %(scope)s.") % {
                "scope": needed
            }
        return needed in (scopes or ())


class Methods(BaseMetadata):
    """What OPTIONS answers: the methods, and where the whole description is."""

    def determine_metadata(self, request: Request, view: "APIView") -> dict[str, Any]:
        return {"methods": list(view.allowed_methods), "description": "/api/v1/openapi.json"}
