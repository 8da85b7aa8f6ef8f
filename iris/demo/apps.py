"""A believable fictional scheme for demonstrations and for people who try the product. Nobody imports it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Only the `seed` command lives here."""

    name = "iris.demo"
    label = "iris_demo"
    verbose_name = "Demonstration"
