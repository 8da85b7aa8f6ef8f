from django.apps import AppConfig


class SamplingConfig(AppConfig):
    name = "audits.sampling"
    label = "audits_sampling"
