"""The platform's app: database guards after migrate, jobs and sweeps registered at start."""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from celery.schedules import schedule
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "iris.core"
    label = "iris_core"
    verbose_name = "Platform"

    def ready(self) -> None:
        _refuse_open_door()
        from iris.core import problem_codes

        problem_codes.register()
        post_migrate.connect(_install_guards, dispatch_uid="iris_guards")
        _register_jobs()


def _refuse_open_door() -> None:
    """What lets tests call private addresses (iris.core.outgoing) stops the start of anything else."""
    opened = settings.IRIS_OUTGOING_RESOLVER or settings.IRIS_OUTGOING_ALLOW or settings.IRIS_OUTGOING_CA
    if opened and settings.SETTINGS_MODULE != "iris.settings.test":
        raise ImproperlyConfigured(
            "IRIS_OUTGOING_* lets tests call private addresses. Only tests may set it."
        )


def _register_jobs() -> None:
    """Import every room's tasks.py, then hand the sweeps to beat."""
    from iris.celery import app
    from iris.core import health, outbox, signs

    for room in settings.ROOMS:
        if find_spec(f"{room}.tasks"):
            import_module(f"{room}.tasks")
    plan: dict[str, Any] = {
        name: {
            "task": "iris.core.run_sweep",
            "schedule": schedule(run_every=timedelta(seconds=every)),
            "args": (name,),
            "options": {"expires": max(10.0, every)},
        }
        for name, (_function, every) in outbox.sweeps.items()
    }
    for queue in health.OTHER_QUEUES:
        plan[f"core.sign_of_life.{queue}"] = {
            "task": "iris.core.sign_of_life",
            "args": (signs.part_of(queue),),
            "schedule": schedule(run_every=timedelta(seconds=signs.EVERY)),
            "options": {"queue": queue, "expires": 10.0},
        }
    app.conf.beat_schedule = plan
    signs.install(app)


def _install_guards(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Rights and triggers for every table, when the last app has migrated."""
    from iris.core import guards

    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if sender == with_models[-1]:
        guards.install(using)
