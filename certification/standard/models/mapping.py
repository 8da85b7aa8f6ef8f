"""What other schemes, laws and principles ask for, in our own words, and which of our indicators ask the like."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from iris.core.models import Record

from ..states import Relation, SchemeKind


class OtherScheme(Record):
    """Another scheme, law or set of principles, mapped to one edition of the Standard."""

    edition = models.ForeignKey(
        "certification_standard.Edition", on_delete=models.PROTECT, related_name="mapped_schemes"
    )
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=SchemeKind.choices)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    version = models.CharField(max_length=200)
    source = models.CharField(max_length=400)
    note = models.TextField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SchemeKind.values), name="other_scheme_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with every row."""
        return reverse("standard:mapping", args=[self.code])


class OtherItem(Record):
    """One thing another scheme asks for. `general_knowledge`: no source at hand confirms its wording."""

    scheme = models.ForeignKey(OtherScheme, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=400)
    general_knowledge = models.BooleanField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="other_item_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Mapping(Record):
    """One of our indicators beside one item of another scheme. Not reviewed until a person signs it."""

    item = models.ForeignKey(OtherItem, on_delete=models.PROTECT, related_name="mappings")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="mappings"
    )
    relation = models.CharField(max_length=10, choices=Relation.choices)
    reviewed_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item__order", "relation"]
        constraints = [
            models.UniqueConstraint(fields=["item", "indicator"], name="mapping_once"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="mapping_relation_known"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="mapping_review_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.indicator_id} {self.relation}"
