"""Shapes of answers that several rooms give, so that a program reads one thing one way wherever it stands."""

from __future__ import annotations

from rest_framework import serializers

from iris.core.drf import ReadOnlySerializer

ENDED_HELP = (
    "How the company ended, where it did; null where it goes on. Its certificate is decided by itself."
)


class SuccessorOut(ReadOnlySerializer):
    """Who took a company over. A certificate does not go over with it."""

    agency_id = serializers.UUIDField(
        allow_null=True, help_text="null where this agency has no entry that you could open."
    )
    legal_name = serializers.CharField()


class EndedOut(ReadOnlySerializer):
    """The end of a company: it was merged into another agency, or closed."""

    kind = serializers.ChoiceField(choices=["merged", "closed"])
    on = serializers.DateField(help_text="The day on which it ended.")
    successor = SuccessorOut(allow_null=True, help_text="null where it was closed.")
    sentence = serializers.CharField(help_text="The same in plain words.")
