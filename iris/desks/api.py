"""The root of the API, its OpenAPI document, and the statistics that everybody may count."""

from typing import Any

from django.urls import path, reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer
from iris.core.endpoints import Endpoint
from iris.desks import selectors
from iris.desks.guide import document, endpoints


class OpenApiDocument(APIView):
    """The document: public, so that a client can be built before a key is asked for."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """OpenAPI 3.1 of this API."""
        return Response(document())


class EndpointOut(ReadOnlySerializer):
    """One thing a machine can ask for."""

    method = serializers.CharField()
    path = serializers.CharField()
    operation_id = serializers.CharField()
    summary = serializers.CharField()
    scope = serializers.CharField(help_text="The scope a key needs; empty where none is needed.")


class RootOut(ReadOnlySerializer):
    """What there is."""

    openapi = serializers.CharField(help_text="The OpenAPI 3.1 document.")
    guide = serializers.CharField(help_text="The same in words.")
    me = serializers.CharField(help_text="Whose key it is.")
    endpoints = EndpointOut(many=True)


class Root(APIView):
    """The root."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(
        operation_id="root_retrieve",
        summary="What there is",
        description="Every endpoint with the scope it needs. Public, like the OpenAPI document.",
        responses=RootOut,
        tags=["me"],
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Every endpoint with its scope."""
        told = {
            "openapi": reverse("api:openapi"),
            "guide": reverse("developers:landing"),
            "me": reverse("api:me"),
            "endpoints": endpoints(),
        }
        return Response(RootOut(told).data)


class CountOut(ReadOnlySerializer):
    """One line of a table."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field named label
    count = serializers.IntegerField()


class TableOut(ReadOnlySerializer):
    """One table."""

    key = serializers.CharField()
    title = serializers.CharField()
    what = serializers.CharField(help_text="What is counted.")
    rows = CountOut(many=True)


class StatisticsOut(ReadOnlySerializer):
    """Live counts of what the register shows anyway."""

    at = serializers.DateTimeField()
    tables = TableOut(many=True)
    review_days = serializers.FloatField(allow_null=True, help_text="Median days from fee to acceptance.")
    reviewed = serializers.IntegerField(help_text="How many applications that median is of.")


class StatisticsView(Endpoint):
    """Statistics."""

    reads = ApiScope.READ_REGISTER
    dated = True
    pagination_class = None

    @extend_schema(
        operation_id="statistics_retrieve",
        summary="Public statistics as of now",
        description="Agencies by status, country, corridor and sector; outcomes of applications; findings by grade, "
        "where at least five. No agency and no person is named.",
        responses=StatisticsOut,
        tags=["register"],
    )
    def get(self, request: Request) -> Response:
        """The tables of the public page of statistics."""
        return Response(StatisticsOut(selectors.statistics()).data)


api_urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("openapi.json", OpenApiDocument.as_view(), name="openapi"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
]
