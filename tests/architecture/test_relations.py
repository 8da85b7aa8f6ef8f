"""Relations between models follow the order of the rooms (import-linter cannot see `"app.Model"` strings)."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.architecture import house


def _own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.split(".")[0] in house.PACKAGES:
            yield model


def _relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    for field in fields:
        related = field.related_model
        if isinstance(related, type) and related.__module__.split(".")[0] in house.PACKAGES:
            yield field.name, related


def test_relations_follow_the_order_of_the_rooms() -> None:
    """A model points at its own room or at one that comes before it."""
    wrong = [
        f"{model._meta.label}.{name} points at {related._meta.label}"
        for model in _own_models()
        for name, related in _relations(model)
        if not house.may_know(model.__module__, related.__module__)
    ]
    assert not wrong, "These relations point up the house:\n" + "\n".join(wrong)


def test_core_holds_no_relation_to_people_or_rooms() -> None:
    """An event or a file stores its actor and owner as UUID and label, so it outlives them."""
    wrong = [
        f"{model._meta.label}.{name} points at {related._meta.label}"
        for model in _own_models()
        if model.__module__.startswith("iris.core")
        for name, related in _relations(model)
        if not related.__module__.startswith("iris.core")
    ]
    assert not wrong, "\n".join(wrong)


def test_app_labels_say_where_tables_live() -> None:
    """`certification.register` has tables `certification_register_…`."""
    wrong = [
        f"{config.name} has the label {config.label}"
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in house.PACKAGES and config.label != config.name.replace(".", "_")
    ]
    assert not wrong, "\n".join(wrong)


def test_the_order_knows_up_from_down() -> None:
    """The test above can fail: some dependencies that must be refused."""
    assert house.may_know("audits.findings.models", "certification.applications.models")
    assert not house.may_know("certification.applications.models", "audits.findings.models")
    assert not house.may_know("supplychain.lookups.models", "audits.findings.models")
    assert not house.may_know("certification.agencies.models", "certification.certificates.models")
    assert not house.may_know("iris.core.models", "iris.accounts.models")
    assert house.may_know("certification.certificates.models", "iris.accounts.models")
