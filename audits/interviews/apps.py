from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "audits.interviews"
    label = "audits_interviews"
