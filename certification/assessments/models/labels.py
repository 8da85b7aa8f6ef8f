"""The words under which fees are often hidden, as the scheme keeps them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.assessments.models.dated import Dated, retired_with_reason
from certification.assessments.states import DisguiseKind


class LabelTerm(Dated):
    """One watched word of one language. It is never rewritten: rewording retires it and adds another."""

    term = models.CharField(max_length=120)
    lang = models.CharField(max_length=12)
    script = models.CharField(max_length=4)
    kind = models.CharField(max_length=20, choices=DisguiseKind.choices)
    category = models.CharField(max_length=2, blank=True)
    why = models.TextField()
    source = models.CharField(max_length=300)
    reviewed = models.BooleanField(default=False)

    class Meta:
        ordering = ["lang", "kind", "term"]
        constraints = [
            models.UniqueConstraint(
                fields=["lang", "term", "kind"], condition=Q(retired_at=None), name="labelterm_once_in_force"
            ),
            models.CheckConstraint(condition=~Q(term="") & ~Q(why=""), name="labelterm_has_words"),
            models.CheckConstraint(condition=Q(kind__in=DisguiseKind.values), name="labelterm_kind_is_known"),
            retired_with_reason("labelterm_retired_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.lang})"
