"""The OpenAPI document at /api/v1/openapi.json: public, so that a client can be built before a key is asked for."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.desks.guide import document


class OpenApiDocument(APIView):
    """The document."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """OpenAPI 3.1 of this API."""
        return Response(document())


api_urlpatterns = [path("openapi.json", OpenApiDocument.as_view(), name="openapi")]
