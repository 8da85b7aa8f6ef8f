"""ASGI entry, for servers that want it. The product is served over WSGI: synchronous views lose by ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iris.settings.production")

application = get_asgi_application()
