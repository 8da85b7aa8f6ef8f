"""WSGI entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iris.settings.production")

application = get_wsgi_application()

from supplychain.chains import selectors as chains  # noqa: E402 - rooms can be imported once Django is set up
from supplychain.names import selectors as names  # noqa: E402

names.warm_up()
chains.warm_up()
