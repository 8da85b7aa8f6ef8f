"""Addresses of this room."""

from django.urls import path

from certification.certificates.web import deciding, pages

app_name = "certificates"
urlpatterns = [
    path("decisions/", deciding.queue, name="queue"),
    path("applications/<uuid:application_id>/decide/", deciding.decide, name="decide"),
    path("certificates/", pages.certificates, name="list"),
    path("certificates/<uuid:certificate_id>/", pages.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/pdf/", pages.pdf, name="pdf"),
    path("certificates/<uuid:certificate_id>/suspend/", pages.suspend, name="suspend"),
    path("certificates/<uuid:certificate_id>/reinstate/", pages.reinstate, name="reinstate"),
    path("certificates/<uuid:certificate_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("certificates/<uuid:certificate_id>/give-up/", pages.give_up, name="give_up"),
    path("certificates/<uuid:certificate_id>/revise/", pages.revise, name="revise"),
    path(
        "certificates/<uuid:certificate_id>/conditions/<uuid:condition_id>/",
        pages.condition,
        name="condition",
    ),
]
