from django.urls import path

from .web import auditors, declaring, firms, overrides, register, revenue

app_name = "bodies"

_FIRM = "scheme/audit-firms/<uuid:firm_id>/"
_AUDITOR = "scheme/auditors/<uuid:auditor_id>/"

urlpatterns = [
    path("scheme/audit-firms/", firms.firms, name="firms"),
    path("scheme/audit-firms/approve/<uuid:organisation_id>/", firms.approve_firm, name="approve_firm"),
    path(_FIRM, firms.firm, name="firm"),
    path(_FIRM + "end/", firms.end_approval, name="end_approval"),
    path(_FIRM + "auditors/new/", firms.add_auditor, name="add_auditor"),
    path(_AUDITOR, auditors.auditor, name="auditor"),
    path(_AUDITOR + "change/", firms.change_auditor, name="change_auditor"),
    path(_AUDITOR + "ties/new/", firms.add_tie, name="add_tie"),
    path(_AUDITOR + "training/new/", auditors.add_training, name="add_training"),
    path("our-auditors/", auditors.ours, name="ours"),
    path("auditors/<uuid:auditor_id>/calendar/", auditors.calendar, name="calendar"),
    path("auditors/busy/<uuid:busy_id>/remove/", auditors.remove_busy, name="remove_busy"),
    path("my-declaration/", declaring.my_declaration, name="my_declaration"),
    path("audit-firms/<uuid:firm_id>/years/", revenue.keep_year, name="keep_year"),
    path("scheme/overrides/", overrides.overrides, name="overrides"),
    path("scheme/overrides/<uuid:override_id>/", overrides.answer, name="answer_override"),
    path(
        "applications/<uuid:application_id>/auditors/<uuid:auditor_id>/override/",
        overrides.ask,
        name="ask_override",
    ),
    path("scheme/impartiality/", register.threats, name="threats"),
    path("scheme/impartiality/board/", register.board, name="board"),
    path("scheme/impartiality/new/", register.new, name="new_threat"),
    path("scheme/impartiality/<uuid:threat_id>/", register.threat, name="threat"),
    path("scheme/impartiality/<uuid:threat_id>/safeguard/", register.safeguard, name="safeguard_threat"),
    path("scheme/impartiality/<uuid:threat_id>/close/", register.close, name="close_threat"),
    path("scheme/impartiality/<uuid:threat_id>/reopen/", register.reopen, name="reopen_threat"),
]
