from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "audits.bodies"
    label = "audits_bodies"
