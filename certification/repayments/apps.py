from django.apps import AppConfig


class RepaymentsConfig(AppConfig):
    name = "certification.repayments"
    label = "certification_repayments"
