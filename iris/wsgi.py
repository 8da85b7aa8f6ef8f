"""WSGI entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iris.settings.production")

application = get_wsgi_application()

from supplychain.names.selectors import warm_up  # noqa: E402 - rooms can be imported once Django is set up

warm_up()
