"""People read of every act in a history: each transition of each machine has its words, none shows its bare name."""

from django.apps import apps

from iris.core import events
from iris.core.fsm import transitions_of


def test_every_transition_has_words() -> None:
    acts = {
        f"{model._meta.label_lower}.{name}"
        for model in apps.get_models()
        for _source, name, _target in transitions_of(model)
    }
    assert len(acts) > 150
    assert sorted(act for act in acts if act not in events._words) == []
