from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "audits.kits"
    label = "audits_kits"
