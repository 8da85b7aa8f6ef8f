"""Routes of choices about names alike."""

from django.urls import path

from supplychain.names import web

app_name = "names"
urlpatterns = [
    path("lookups/choices/", web.choices, name="choices"),
    path("lookups/choices/<uuid:decision_id>/take-back/", web.take_back, name="take_back"),
]
