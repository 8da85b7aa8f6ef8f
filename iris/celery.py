"""The Celery application. PostgreSQL holds the truth; Celery only wakes (docs/adr/0008-outbox.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iris.settings.development")

app = Celery("iris")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
