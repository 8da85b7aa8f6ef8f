"""Addresses of the service and of its pages. The first stands in other people's tools: it does not change."""

from django.urls import path

from supplychain.reconciliation.web import pages, preview, service

app_name = "reconciliation"
urlpatterns = [
    path("reconcile/", service.Service.as_view(), name="service"),
    path("reconcile/suggest/entity/", service.SuggestEntity.as_view(), name="suggest_entity"),
    path("reconcile/suggest/property/", service.SuggestProperty.as_view(), name="suggest_property"),
    path("reconcile/suggest/type/", service.SuggestType.as_view(), name="suggest_type"),
    path("reconcile/properties/", service.Propose.as_view(), name="propose"),
    path("reconcile/preview/", preview.preview, name="preview"),
    path("reconcile/about/", pages.about, name="about"),
    path("openrefine/", pages.page, name="page"),
    path("openrefine/address/", pages.new_address, name="new_address"),
]
