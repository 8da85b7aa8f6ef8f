from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "audits.engagements"
    label = "audits_engagements"
