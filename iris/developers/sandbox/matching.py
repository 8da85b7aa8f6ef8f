"""POST match/: batches of names, answered from the fixed records."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.core.drf import StrictSerializer
from iris.core.places import is_country
from iris.developers.sandbox.meant import Candidate, meant
from iris.developers.sandbox.records import MADE

MOST_QUERIES = 500
LONGEST = 400


class Query(StrictSerializer):
    """The fields of a question."""

    name = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    identifier = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)

    def validate_country(self, value: str) -> str:
        """A code we know."""
        if value and not is_country(value.upper()):
            raise serializers.ValidationError(_("Expected a country as two letters, like NP."))
        return value.upper()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A name or a number."""
        if not attrs["name"].strip() and not attrs["identifier"].strip():
            raise serializers.ValidationError(_("Give a name, an identifier, or both."))
        return attrs


class Batch(StrictSerializer):
    """The fields of a batch."""

    queries = serializers.DictField(child=Query(), allow_empty=False)
    limit = serializers.IntegerField(min_value=1, max_value=10, required=False, default=5)
    threshold = serializers.FloatField(min_value=0.0, max_value=1.0, required=False, default=0.5)
    exclude = serializers.ListField(child=serializers.UUIDField(), required=False, default=list)
    changed_since = serializers.DateTimeField(required=False, default=None, allow_null=True)

    def validate_queries(self, value: dict[str, Any]) -> dict[str, Any]:
        """Not too many."""
        if len(value) > MOST_QUERIES:
            said = _("Expected at most %(most)s queries at once, found %(found)s. Send them in parts.")
            raise serializers.ValidationError(said % {"most": MOST_QUERIES, "found": len(value)})
        return value


def match(request: Request, view: Any, **_kwargs: Any) -> Response:
    """POST match/."""
    given = Batch(data=request.data)
    given.is_valid(raise_exception=True)
    asked = given.validated_data
    return Response(
        {
            "responses": {key: _answer(one, asked) for key, one in asked["queries"].items()},
            "as_of": MADE,
            "limit": asked["limit"],
            "threshold": asked["threshold"],
            "receipt": False,
        }
    )


def _answer(one: dict[str, str], asked: dict[str, Any]) -> dict[str, Any]:
    found = meant(one["name"], one["identifier"])
    excluded = {str(each) for each in asked["exclude"]}
    rows = [
        each
        for each in found.candidates
        if each.case.id not in excluded
        and each.score >= asked["threshold"]
        and _changed(each, asked["changed_since"])
    ]
    return {
        "status": 422 if found.outcome == "invalid" else 200,
        "outcome": found.outcome,
        "results": [_result(each) for each in rows[: asked["limit"]]],
        "total": len(rows),
    }


def _changed(one: Candidate, since: datetime | None) -> bool:
    """Fixed records changed last on the day that their status is since."""
    return since is None or one.case.since >= since.date().isoformat()


def _result(one: Candidate) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "caption": one.case.name,
        "matched": one.case.name,
        "country": "NP",
        "score": one.score,
        "match": one.match,
        "standing": one.standing,
        "ended": None,
        "explanations": {"why": one.why, "features": {"name_score": one.score}, "words": []},
    }
