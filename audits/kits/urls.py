from django.urls import path

from . import web

app_name = "kits"

_ONE = "audits/<uuid:audit_id>/kits/"

urlpatterns = [
    path(_ONE, web.kits, name="kits"),
    path(_ONE + "make/", web.make, name="make"),
    path(_ONE + "give-back/", web.give_back, name="give_back"),
    path(_ONE + "<uuid:kit_id>/workbook/", web.workbook, name="workbook"),
    path(_ONE + "<uuid:kit_id>/give-up/", web.abandon, name="abandon"),
    path(_ONE + "noted/<uuid:item_id>/", web.noted, name="noted"),
    path(_ONE + "returns/<uuid:return_id>/", web.returned, name="return"),
    path(_ONE + "returns/<uuid:return_id>/file/", web.file, name="file"),
]
