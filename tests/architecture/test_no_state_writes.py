"""Nothing writes a state but a transition called from a service.

`QuerySet.update`, `create` and a plain assignment go round the machine: no guard, no permission, no event.
The database refuses some of these too; this says so before anything runs.
"""

import ast

import pytest

from tests.architecture import house

MACHINE = "iris.core.fsm"
WRITERS = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate"}
STATE = "state"


def _assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.AnnAssign) and node.value is not None):
        return [node.target]
    return []


def _is_string(node: ast.AST, value: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_copy(name: str, value: ast.expr) -> bool:
    """A history row that notes the state its subject is in: `create(…, state=thing.state)`."""
    return name == "create" and isinstance(value, ast.Attribute) and value.attr == STATE


def _writes_by_call(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in WRITERS and isinstance(node.func, ast.Attribute):
        defaults = [k.value for k in node.keywords if k.arg in {"defaults", "create_defaults"}]
        keys = [key for d in defaults if isinstance(d, ast.Dict) for key in d.keys if key is not None]
        given = [k.value for k in node.keywords if k.arg == STATE]
        return any(not _is_copy(name, value) for value in given) or any(
            _is_string(key, STATE) for key in keys
        )
    if name == "bulk_update":
        return any(_is_string(part, STATE) for argument in node.args for part in ast.walk(argument))
    return name == "setattr" and len(node.args) > 1 and _is_string(node.args[1], STATE)


def state_writes(tree: ast.AST) -> list[ast.AST]:
    """Every place of a syntax tree that writes a state without a transition."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if any(isinstance(target, ast.Attribute) and target.attr == STATE for target in _assigned(node)) or (
            isinstance(node, ast.Call) and _writes_by_call(node)
        ):
            found.append(node)
    return found


def test_nothing_writes_state_but_a_transition() -> None:
    """No source file goes round the state machine."""
    wrong = [
        f"{house.where(path, node)}: {ast.unparse(node)[:90]}"
        for path in house.sources()
        if not house.module_of(path).startswith(MACHINE)
        for node in state_writes(house.parsed(path))
    ]
    assert not wrong, "Call a transition through iris.core.fsm.act instead:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "code",
    [
        "thing.state = 'granted'",
        "Thing.objects.filter(pk=1).update(state='granted')",
        "Thing.objects.create(name='a', state='granted')",
        "Thing.objects.update_or_create(pk=1, defaults={'state': 'granted'})",
        "Thing.objects.bulk_update(things, ['state'])",
        "setattr(thing, 'state', 'granted')",
    ],
)
def test_the_ways_round_are_recognised(code: str) -> None:
    """The test above can fail: each way round the machine is seen."""
    assert state_writes(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["act(thing.grant, actor=user)", "Thing.objects.filter(state='granted')", "x = thing.state"]
)
def test_reading_a_state_is_no_writing(code: str) -> None:
    """Filters, reads and acts are left alone."""
    assert not state_writes(ast.parse(code))
