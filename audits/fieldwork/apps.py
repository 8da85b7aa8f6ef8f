from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "audits.fieldwork"
    label = "audits_fieldwork"
