"""The log of the register, its tree, its signed heads; and the files of each day."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from certification.opendata.rules.entries import KINDS
from certification.opendata.states import EVENT_WORDS, DumpKind
from iris.core.models import Record


class LogEntry(models.Model):
    """One act on a certificate, as everybody may read it. The text is what is hashed; it never changes."""

    append_only: ClassVar[bool] = True

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField("iris_core.Event", on_delete=models.PROTECT, related_name="+")
    chain_seq = models.BigIntegerField(unique=True)
    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["index"]
        indexes = [models.Index(fields=["certificate", "index"], name="opendata_log_of_one")]
        constraints = [
            models.CheckConstraint(condition=Q(index__gte=0), name="opendata_log_from_zero"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="opendata_log_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"

    @property
    def told(self) -> dict[str, Any]:
        """The line as fields."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(EVENT_WORDS[self.kind])


class LogNode(models.Model):
    """The hash of one complete subtree; level 0 are the leaves. It never changes again."""

    append_only: ClassVar[bool] = True

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="opendata_node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class TreeHead(Record):
    """The size and root of the log at a moment, with the scheme's signature: what others keep and compare."""

    append_only = True

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.TextField()

    class Meta:
        ordering = ["-at", "-size"]
        constraints = [
            models.UniqueConstraint(fields=["size", "at"], name="opendata_head_once"),
            models.CheckConstraint(condition=Q(size__gte=0), name="opendata_head_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class LogPlace(models.Model):
    """How far the sequencer has read the event log. One row; it only moves forward."""

    name = models.CharField(max_length=20, primary_key=True)
    seen = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.seen}"


class Dump(Record):
    """The files of one day: the register as of a moment, their manifest, and the hash of the manifest before."""

    append_only = True

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=DumpKind.choices)
    as_of = models.DateTimeField()
    since = models.DateTimeField(null=True)
    folder = models.CharField(max_length=80, unique=True)
    manifest = models.TextField()
    manifest_sha256 = models.CharField(max_length=64, unique=True)
    previous_sha256 = models.CharField(max_length=64)
    signature = models.TextField()
    tree_size = models.BigIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-as_of", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="opendata_dump_once_a_day"),
            models.UniqueConstraint(fields=["previous_sha256"], name="opendata_dumps_do_not_fork"),
            models.CheckConstraint(
                condition=Q(kind=DumpKind.FULL, since__isnull=True)
                | Q(kind=DumpKind.DELTA, since__lt=F("as_of")),
                name="opendata_delta_has_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.folder

    @property
    def files(self) -> list[dict[str, Any]]:
        """Its files as the manifest names them: name, bytes, sha256, what."""
        found: list[dict[str, Any]] = json.loads(self.manifest)["files"]
        return found


class DumpEnd(Record):
    """The files of a day were taken off the server; their manifest stays, so that the chain of hashes holds."""

    append_only = True

    dump = models.OneToOneField(Dump, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.dump)
