"""The only door to django_fsm.

A room declares `state = StateField(...)` and thin `@transition` methods; a service calls `act()` on a locked row.
`act()` checks source state, permission, reason and readiness, runs the method, saves, and writes one event, in the
caller's transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _
from django_fsm import FSMField
from django_fsm import transition as fsm_transition

from iris.core import clocks, events
from iris.core.days import moment_in_words
from iris.core.errors import Conflict, NotPermitted, ReasonRequired, Text, TransitionRefused
from iris.core.models import Event

__all__ = ["Actor", "StateField", "act", "lock", "may", "missing", "transition", "transitions_of"]

M = TypeVar("M", bound=models.Model)


class Actor(Protocol):
    """Who acts: a signed-in person or events.SYSTEM."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def label(self) -> str: ...


class StateField(FSMField):
    """A protected FSM field over a described set of states. Only a transition may change it."""

    def __init__(self, states: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        if states is not None:
            kwargs.setdefault("choices", states.choices)
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("db_index", True)
        kwargs["protected"] = True
        self.states = states
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        if cls.__module__ == "__fake__":
            # A model of the past, made by a migration: it has no transitions. Each would leave behind a listener
            # that every later model has to pass, and migrating grows with the square of the migrations.
            models.CharField.contribute_to_class(self, cls, name, private_only)
            return
        super().contribute_to_class(cls, name, private_only)
        states = self.states
        if states is not None:
            cls.state_member = property(lambda row: states(getattr(row, name)))  # type: ignore[attr-defined] # given to the class


def transition(
    *,
    field: Any,
    source: str | Sequence[str],
    target: str,
    permission: Callable[[Any, Any], bool] | None = None,
    missing: Callable[[Any], Iterable[Text]] | None = None,
    needs_reason: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a transition. `permission(thing, user)`, `missing(thing)`: what is left to do, empty when ready."""
    sources: Any = [str(item) for item in source] if not isinstance(source, str) else str(source)
    decorate = fsm_transition(
        field=field,
        source=sources,
        target=str(target),
        permission=permission,
        custom={"missing": missing, "needs_reason": needs_reason},
    )
    return cast(Callable[[Callable[..., None]], Callable[..., None]], decorate)


def lock(model: type[M], id: UUID | str) -> M:
    """The row, locked until the transaction ends. Raises model.DoesNotExist."""
    return model._default_manager.select_for_update(of=("self",)).get(pk=id)


def _meta(method: Callable[..., None]) -> tuple[models.Model, Any, Any]:
    instance = cast(models.Model, method.__self__)  # type: ignore[attr-defined] # a bound method
    meta = method._django_fsm  # type: ignore[attr-defined] # set by django_fsm
    state = getattr(instance, meta.field.name)
    return instance, meta, meta.get_transition(state)


def may(method: Callable[..., None], user: Any) -> bool:
    """Whether the state and the person's rights allow the act (readiness is `missing`)."""
    instance, _declared, found = _meta(method)
    if found is None:
        return False
    return found.permission is None or bool(found.permission(instance, user))


def missing(method: Callable[..., None]) -> list[Text]:
    """What is left to do before the act; empty when ready or when no guard is declared."""
    instance, meta, found = _meta(method)
    declared = found or next(iter(meta.transitions.values()))
    guard = declared.custom.get("missing")
    return list(guard(instance)) if guard else []


def act(
    method: Callable[..., None],
    *,
    actor: Actor,
    reason: str = "",
    data: dict[str, Any] | None = None,
    **own: Any,
) -> Event:
    """Carry out one transition on a locked row and write its event.

    Raises Conflict (the state has moved on: who, what, when), NotPermitted, ReasonRequired, TransitionRefused.
    Must run inside a transaction; after an error throw the object away.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("act() needs a transaction: put @transaction.atomic on the service")
    instance, meta, found = _meta(method)
    before = str(getattr(instance, meta.field.name))
    if found is None:
        raise _moved_on(instance, before)
    if found.permission is not None and actor is not events.SYSTEM and not found.permission(instance, actor):
        raise NotPermitted()
    if found.custom.get("needs_reason") and not reason.strip():
        raise ReasonRequired(fields={"reason": [ReasonRequired.default_message]})
    left = missing(method)
    if left:
        raise TransitionRefused(missing=left, code=f"{method.__name__}_not_ready")
    at: datetime = clocks.now()
    method(by=actor, at=at, **own)
    instance.save()
    return events.record(
        instance,
        act=method.__name__,
        actor=actor,
        reason=reason.strip(),
        data=data,
        from_state=before,
        to_state=str(getattr(instance, meta.field.name)),
    )


def _moved_on(instance: models.Model, state: str) -> Conflict:
    """The refusal that tells who moved the thing to the state it is in now."""
    last = events.last_change(instance)
    if last is None:
        return Conflict(_("This is not possible in its present state (%(state)s).") % {"state": state})
    return Conflict(
        _(
            "Already done or no longer possible: %(who)s did “%(what)s” on %(when)s. Reload the page to see it."
        )
        % {
            "who": last.actor_label or _("the system"),
            "what": last.label,
            "when": f"{moment_in_words(last.at)} UTC",
        }
    )


def transitions_of(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """Every (source, act, target) of a model's state field, sorted; `*` and `+` are spelt out by the caller."""
    found: set[tuple[str, str, str]] = set()
    for field in model._meta.get_fields():
        if isinstance(field, StateField):
            for one in field.get_all_transitions(model):
                found.add((str(one.source), one.name, str(one.target)))
    return sorted(found)
