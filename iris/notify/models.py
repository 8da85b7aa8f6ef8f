"""Notices: what one person was told."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.models import Record


class Notice(Record):
    """One thing one person was told, in their language at that moment; the e-mail says the same words."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    template = models.CharField(max_length=120)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    url = models.CharField(_("link"), max_length=300, blank=True)
    key = models.CharField(max_length=80, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    emailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notify_notice_of_person"),
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True), name="notify_notice_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~models.Q(key=""), name="notify_notice_once_per_key"
            ),
            models.CheckConstraint(condition=~models.Q(subject=""), name="notify_notice_has_subject"),
        ]

    def __str__(self) -> str:
        return self.subject
