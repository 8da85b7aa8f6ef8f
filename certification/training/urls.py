"""Addresses of this room."""

from django.urls import path, re_path

from certification.training.web import courses, keeping, sheet

app_name = "training"
urlpatterns = [
    path("training/", courses.courses, name="list"),
    path("training/catalogue/", keeping.catalogue, name="catalogue"),
    path("training/catalogue/<uuid:entry_id>/retire/", keeping.retire, name="retire"),
    path("training/providers/", keeping.providers, name="providers"),
    path("training/providers/<uuid:provider_id>/end/", keeping.end_provider, name="end_provider"),
    path("training/courses/new/", courses.add, name="add"),
    path("training/courses/<uuid:course_id>/", courses.course, name="course"),
    path("training/courses/<uuid:course_id>/sheet/", sheet.sheet, name="sheet"),
    path("training/courses/<uuid:course_id>/cancel/", courses.cancel, name="cancel"),
    re_path(
        r"^training/courses/(?P<course_id>[0-9a-f-]{36})/(?P<name>announce|begin|finish)/$",
        courses.move,
        name="move",
    ),
    path("training/seats/<uuid:seat_id>/give-back/", courses.give_back, name="give_back"),
]
