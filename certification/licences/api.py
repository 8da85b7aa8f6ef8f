"""The licence registers by machine; an authority sends the list of its own (R86, R89)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from certification.licences import selectors, services
from certification.licences.models import Snapshot
from certification.licences.rules.sent import MOST_ROWS, as_list, row_problems
from certification.licences.selectors import RegisterLine, RegisterSpec
from certification.licences.states import Freshness
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer
from iris.core.drf.input import StrictJSONParser
from iris.core.endpoints import ABSENT, ACTS, REFUSED, Endpoint, Given
from iris.core.errors import BadInput, NotPermitted

MOST_BYTES = 40 * 1024 * 1024
LONGEST_CSV = 4_000_000
WAYS = ("rows", "csv", "file")
SHOWN = 50
SENT = {
    "rows": [
        {"number": "123/456/078", "name": "Sunrise Overseas", "status": "Valid", "valid_to": "2028-07-15"},
        {"number": "124/457/078", "name": "Himal Manpower", "status": "Suspended"},
    ]
}


class RegisterLineOut(ReadOnlySerializer):
    """A register of a state that we read, and what its newest list is worth."""

    code = serializers.CharField(source="spec.code")
    country = serializers.CharField(source="spec.country", help_text="ISO 3166-1 alpha-2")
    name = serializers.CharField(source="spec.name")
    authority = serializers.CharField(source="spec.authority")
    freshness = serializers.ChoiceField(
        choices=Freshness.choices, help_text="Of a register that is not fresh every answer is unknown."
    )
    relied_on_days = serializers.IntegerField(source="spec.stale_days", help_text="How long a list is good.")
    list_of = serializers.SerializerMethodField(help_text="When the newest list that could be read was had.")
    held = serializers.SerializerMethodField(help_text="Licences on it.")
    words = serializers.SerializerMethodField(help_text="Words for the state that we know.")
    yours = serializers.SerializerMethodField(help_text="Whether your organisation may send its list.")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_list_of(self, line: RegisterLine) -> datetime | None:
        return line.read.retrieved_at if line.read else None

    def get_held(self, line: RegisterLine) -> int:
        return line.read.held if line.read else 0

    def get_words(self, line: RegisterLine) -> list[str]:
        return [one.word for one in line.spec.words]

    def get_yours(self, line: RegisterLine) -> bool:
        return selectors.may_import(self.context["user"], line.spec)


class LicenceRegisters(Endpoint):
    """The registers of states."""

    reads = ApiScope.READ_REGISTER
    pagination_class = None

    @extend_schema(
        operation_id="licence_registers_list",
        summary="Registers of states that we read, and what their lists are worth",
        responses=RegisterLineOut(many=True),
        tags=["authorities"],
    )
    def get(self, request: Request) -> Response:
        """Every register; `yours` says whose list your organisation may send."""
        rows = RegisterLineOut(selectors.register_lines(), many=True, context={"user": request.user})
        return Response(rows.data)


class SentLicenceOut(ReadOnlySerializer):
    """One licence of a list as it is sent. Only the number is needed."""

    number = serializers.CharField()
    name = serializers.CharField(required=False)
    status = serializers.CharField(required=False, help_text="A word of the register, in its own language.")
    valid_from = serializers.CharField(required=False, help_text="A day like 2026-05-03.")
    valid_to = serializers.CharField(required=False, help_text="A day like 2026-05-03.")
    conditions = serializers.CharField(required=False)


@extend_schema_field(SentLicenceOut(many=True))
class SentRows(serializers.Field):  # type: ignore[type-arg] # generic only in the stubs
    """Rows of a list, looked at by hand: each problem names its row, and thousands are read in no time."""

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        """Raises ValidationError with a sentence for each of the first problems."""
        if not isinstance(data, list) or not data:
            raise serializers.ValidationError(_("Expected a list of rows."))
        if len(data) > MOST_ROWS:
            text = _("Expected at most %(most)s rows, found %(found)s. Send the list as a file.")
            raise serializers.ValidationError(text % {"most": f"{MOST_ROWS:,}", "found": f"{len(data):,}"})
        if problems := row_problems(data, SHOWN):
            raise serializers.ValidationError(problems)
        return data

    def to_representation(self, value: Any) -> Any:
        """As it came."""
        return value


class LicenceListIn(Given):
    """The list of a register: rows, or CSV as text, or a file as multipart form data (CSV, XLSX, JSON)."""

    rows = SentRows(required=False)
    csv = serializers.CharField(required=False, max_length=LONGEST_CSV, trim_whitespace=False)
    file = serializers.FileField(required=False)
    retrieved_at = serializers.DateTimeField(
        required=False, default=None, allow_null=True, help_text="When the list was true; now without it."
    )
    complete = serializers.BooleanField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Whether it names every holder: then a licence that is not on it was not found.",
    )
    accept_shrunk = serializers.BooleanField(
        required=False, default=False, help_text="Take a list that lost most of its entries."
    )
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only say what it would change."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one way of sending."""
        if len([name for name in WAYS if attrs.get(name)]) != 1:
            raise serializers.ValidationError(_("Send exactly one of rows, csv and file."))
        return attrs


class ChangedLicenceOut(ReadOnlySerializer):
    """A licence of which the register says something else now."""

    kind = serializers.ChoiceField(choices=["changed", "gone"])
    number = serializers.CharField()
    name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class NotedRowOut(ReadOnlySerializer):
    """A row that needs a look. Good rows are kept all the same."""

    row = serializers.IntegerField(help_text="Its line in the file; of `rows`, counted from 1.")
    column = serializers.CharField(help_text="As the list heads it.")
    found = serializers.CharField(help_text="Empty: nothing stood there.")
    expected = serializers.CharField()
    became = serializers.CharField(help_text="What became of the row.")
    fix = serializers.CharField(help_text="What mends it.")


class LicenceListOut(ReadOnlySerializer):
    """What was read, what it changed, and what was wrong with it, row by row."""

    id = serializers.UUIDField(allow_null=True, help_text="Of the list; null of a dry run.")
    register = serializers.CharField()
    dry_run = serializers.BooleanField()
    retrieved_at = serializers.DateTimeField()
    complete = serializers.BooleanField()
    same_as_before = serializers.BooleanField(help_text="Byte for byte the list before: nothing changed.")
    rows = serializers.IntegerField()
    held = serializers.IntegerField(help_text="Licences kept: rows with a number, each number once.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By state, as we read it.")
    changes = serializers.DictField(child=serializers.IntegerField(), help_text="new, gone, changed")
    shrunk = serializers.BooleanField(help_text="It lost so much that it is taken only with accept_shrunk.")
    changed = ChangedLicenceOut(many=True, help_text=f"The first {SHOWN}; of a dry run.")
    problems = serializers.ListField(
        child=serializers.CharField(),
        help_text="Each row that needs a look as a sentence.",
    )
    noted = NotedRowOut(many=True, help_text="The same rows in fields, in the same order.")
    more_problems = serializers.IntegerField()


class LicenceLists(Endpoint):
    """Lists of one register."""

    writes = ApiScope.WRITE_LICENCES
    pagination_class = None
    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(
        operation_id="licence_lists_create",
        summary="Send the list of your country's licence register",
        description=(
            "For the authority of the register's country, admitted by the scheme. Read by the same reader as the page: "
            "good rows are kept, each problem names its row. The very same list again renews its date and changes "
            "nothing. Agencies whose licence changed are told; a certificate is reviewed by people."
        ),
        request=LicenceListIn,
        responses={
            201: LicenceListOut,
            200: OpenApiResponse(LicenceListOut, description="A dry run: nothing is kept."),
            403: ACTS[403],
            404: ABSENT,
            422: REFUSED,
        },
        tags=["authorities"],
        examples=[OpenApiExample("two licences", value=SENT, request_only=True)],
    )
    def post(self, request: Request, code: str) -> Response:
        """Bring a list in, or with `dry_run` only say what it would change."""
        given = self.given(LicenceListIn)
        spec = selectors.register(code)
        if spec is None:
            raise Http404
        if not selectors.may_import(request.user, spec):
            text = _("You may send the list of your own country's register. This one is of %(country)s.")
            raise NotPermitted(text % {"country": spec.country}, code="not_your_register")
        way = next(name for name in WAYS if given.get(name))
        try:
            return _taken(request, spec, given, _bytes(given, way))
        except BadInput as refused:
            if "file" in refused.fields and way != "file":
                refused.fields[way] = refused.fields.pop("file")
            raise


def _bytes(given: dict[str, Any], way: str) -> bytes:
    if way == "rows":
        return as_list(given["rows"])
    if way == "csv":
        return str(given["csv"]).encode()
    upload = given["file"]
    if upload.size > MOST_BYTES:
        most = MOST_BYTES // 1_048_576
        raise BadInput(fields={"file": [_("A list may have at most %(most)s MB.") % {"most": most}]})
    return bytes(upload.read())


def _taken(request: Request, spec: RegisterSpec, given: dict[str, Any], data: bytes) -> Response:
    told = {
        "code": spec.code,
        "data": data,
        "retrieved_at": given["retrieved_at"],
        "complete": given["complete"],
    }
    if given["dry_run"]:
        return Response(LicenceListOut(_of_preview(services.preview(**told))).data, status=200)
    mine = request.user.organisation
    snapshot = services.import_snapshot(
        **told,
        name=f"{spec.code}.{'json' if given.get('rows') else 'csv' if given.get('csv') else 'list'}",
        source=_("%(authority)s, by the API") % {"authority": mine.name if mine else ""},
        actor=request.user,
        accept_shrunk=given["accept_shrunk"],
    )
    return Response(LicenceListOut(_of_snapshot(snapshot)).data, status=201)


def _of_preview(found: services.Preview) -> dict[str, Any]:
    read = found.read
    return {
        "id": None,
        "register": found.spec.code,
        "dry_run": True,
        "retrieved_at": found.retrieved_at,
        "complete": found.complete,
        "same_as_before": found.same_file,
        "rows": read.rows,
        "held": len(read.entries),
        "counts": read.counts,
        "changes": found.summary,
        "shrunk": found.shrunk,
        "changed": [asdict(one) for one in (*found.changed, *found.gone)[:SHOWN]],
        "problems": read.problems,
        "noted": [asdict(one) for one in read.noted],
        "more_problems": read.more_problems,
    }


def _of_snapshot(row: Snapshot) -> dict[str, Any]:
    return {
        "id": row.pk,
        "register": row.register,
        "dry_run": False,
        "retrieved_at": row.retrieved_at,
        "complete": row.complete,
        "same_as_before": row.same_as_id is not None,
        "rows": row.rows,
        "held": row.held,
        "counts": row.counts,
        "changes": row.changes,
        "shrunk": False,
        "changed": [],
        "problems": row.sentences,
        "noted": [asdict(one) for one in row.noted],
        "more_problems": row.more_problems,
    }


api_urlpatterns = [
    path("licence-registers/", LicenceRegisters.as_view(), name="licence_registers"),
    path("licence-registers/<slug:code>/lists/", LicenceLists.as_view(), name="licence_lists"),
]
