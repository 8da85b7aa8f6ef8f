from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "audits.reports"
    label = "audits_reports"
