"""Training by machine: courses on offer, the records of your people, and your agency's level."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.agencies.selectors import agency_of
from certification.training import selectors
from certification.training.states import CourseState, Level, Result, SeatState
from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import Endpoint
from iris.core.errors import NotPermitted


class CourseQuery(StrictSerializer):
    """Filters of the list."""

    state = serializers.ChoiceField(required=False, choices=CourseState.choices)


class CourseOut(ReadOnlySerializer):
    """One course."""

    id = serializers.UUIDField()
    code = serializers.CharField(source="entry.code")
    title = serializers.CharField(source="entry.title")
    level = serializers.ChoiceField(source="entry.level", choices=Level.choices)
    provider = serializers.CharField(source="provider.organisation.name")
    place = serializers.CharField(help_text="Empty: online.")
    country = serializers.CharField()
    language = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(choices=CourseState.choices)


class RecordOut(ReadOnlySerializer):
    """One person in one course."""

    id = serializers.UUIDField()
    person = serializers.CharField(source="person.label")
    course_id = serializers.UUIDField()
    title = serializers.CharField(source="course.entry.title")
    level = serializers.ChoiceField(source="course.entry.level", choices=Level.choices)
    ended_on = serializers.DateField(source="course.ends_on")
    state = serializers.ChoiceField(choices=SeatState.choices)
    result = serializers.ChoiceField(choices=Result.choices, allow_blank=True)
    expires_on = serializers.DateField(allow_null=True)


class LevelOut(ReadOnlySerializer):
    """How far an agency has come. A training level is not a certification."""

    on = serializers.DateField()
    level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    holds_until = serializers.DateField(allow_null=True, help_text="If nobody trains again.")


class Courses(Endpoint):
    """Courses."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("starts_on", "ends_on")

    @extend_schema(
        operation_id="training_courses",
        summary="Courses that you may see",
        parameters=[CourseQuery],
        responses=CourseOut(many=True),
        tags=["training"],
    )
    def get(self, request: Request) -> Response:
        """Courses that are announced, oldest first."""
        rows = selectors.courses_visible_to(request.user).filter(**self.asked(CourseQuery))
        return self.page(rows, CourseOut)


class Records(Endpoint):
    """Records."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("expires_on",)

    @extend_schema(
        operation_id="training_records",
        summary="Training records of your people",
        description="For a provider those of its courses.",
        responses=RecordOut(many=True),
        tags=["training"],
    )
    def get(self, request: Request) -> Response:
        """Seats and results, oldest first."""
        return self.page(selectors.seats_visible_to(request.user), RecordOut)


class OwnLevel(Endpoint):
    """Level."""

    reads = ApiScope.READ_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="training_level",
        summary="Your agency's training level",
        responses=LevelOut,
        tags=["training"],
    )
    def get(self, request: Request) -> Response:
        """The level of today and until when it holds."""
        agency = agency_of(request.user)
        if agency is None:
            raise NotPermitted(_("Only agencies have a training level."))
        card = selectors.level_card(agency)
        told = {"on": clocks.today(), "level": card.level, "holds_until": card.holds_until}
        return Response(LevelOut(told).data)


api_urlpatterns = [
    path("training/courses/", Courses.as_view(), name="training_courses"),
    path("training/records/", Records.as_view(), name="training_records"),
    path("training/level/", OwnLevel.as_view(), name="training_level"),
]
