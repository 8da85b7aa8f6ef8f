"""The platform everything stands on."""

from iris.celery import app as celery_app

__all__ = ["celery_app"]
