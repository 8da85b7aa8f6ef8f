"""What the service says of itself."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from supplychain.reconciliation.rules import BATCH, TYPE

WIDTH, HEIGHT = 430, 260


def manifest(key: str = "") -> dict[str, Any]:
    """The manifest. Whoever came with the key in the address gets addresses that carry it on."""
    base = settings.IRIS_PUBLIC_URL
    tail = f"?key={key}" if key else ""
    register = f"{base}{reverse('register:search')}"

    def service(name: str) -> dict[str, str]:
        return {"service_url": base, "service_path": f"{reverse(name)}{tail}"}

    return {
        "versions": ["0.2"],
        "name": _("%(scheme)s: agencies") % {"scheme": settings.SCHEME_NAME},
        "identifierSpace": register,
        "schemaSpace": f"{base}{reverse('reconciliation:about')}#agency",
        "documentation": f"{base}{reverse('reconciliation:about')}",
        "serviceVersion": "1.0",
        "defaultTypes": [TYPE.as_json()],
        "view": {"url": f"{register}{{{{id}}}}/"},
        "feature_view": {"url": f"{base}{reverse('reconciliation:about')}#feature-{{{{id}}}}"},
        "preview": {
            "url": f"{base}{reverse('reconciliation:preview')}?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            "entity": service("reconciliation:suggest_entity"),
            "property": service("reconciliation:suggest_property"),
            "type": service("reconciliation:suggest_type"),
        },
        "extend": {"propose_properties": service("reconciliation:propose"), "property_settings": []},
        "batchSize": BATCH,
        "authentication": {
            "type": "apiKey",
            "name": "key",
            "in": "query",
            "description": _(
                "A key of the scope “reconcile”, also as Authorization: Api-Key <key>. Answers are no receipts: "
                "a check or a screening keeps a dated record, this service keeps none."
            ),
        },
    }
