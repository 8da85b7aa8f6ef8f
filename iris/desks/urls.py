"""Routes of the desks."""

from django.urls import path, re_path

from iris.desks.web import scheme, start, trace

app_name = "desks"
urlpatterns = [
    path("", start.home, name="home"),
    path("today/", start.today, name="today"),
    path("search/", start.search, name="search"),
    path("scheme/", scheme.desk, name="scheme"),
    path("scheme/work/", scheme.work, name="work"),
    path("scheme/work/<uuid:row_id>/retry/", scheme.retry, name="retry"),
    path("applications/<uuid:application_id>/trace/", trace.trace, name="trace"),
    re_path(
        r"^applications/(?P<application_id>[0-9a-f-]{36})/trace\.(?P<kind>json|csv)$",
        trace.trace_file,
        name="trace_file",
    ),
    path("verify/<str:number>/how/", trace.public_trace, name="public_trace"),
    path("statistics/", trace.statistics, name="statistics"),
    path("statistics.csv", trace.statistics_file, name="statistics_file"),
]
