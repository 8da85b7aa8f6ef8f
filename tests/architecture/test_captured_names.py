"""A frame keeps what a block says under the block's name; a view that passes that name would lose its own value.

`{% capture acts %}{% block acts %}…` in base.html puts the text of the block into the variable `acts`. A page that is
given `acts` by its view sees the text instead, without an error. So no view hands over such a name.
"""

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture import house
from tests.architecture.test_templates import COMMENT, templates

EXTENDS = re.compile(r"{%-?\s*extends\s+[\"'](?P<name>[^\"']+)[\"']\s*-?%}")
CAPTURED = re.compile(r"{%\s*capture (?P<name>\w+)\s*%}\s*{%\s*block (?P=name)\s*%}")
FRAMES = ("base.html", "base_public.html")
DEEPEST = 6  # helpers that hand a context on to helpers


@functools.cache
def taken_by(template: str) -> frozenset[str]:
    """The names that the frames of a template use up."""
    text = COMMENT.sub("", templates().get(template, ""))
    above = EXTENDS.search(text)
    own = frozenset(match["name"] for match in CAPTURED.finditer(text))
    return own | (taken_by(above["name"]) if above else frozenset())


@functools.cache
def taken_by_any() -> frozenset[str]:
    """For a template whose name is not written down: what either frame uses up."""
    return frozenset().union(*(taken_by(frame) for frame in FRAMES))


@dataclass
class Module:
    """One file: its functions by name, and from where its other names come."""

    path: Path
    tree: ast.Module
    functions: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    calls: dict[str, list[tuple[ast.AST, ast.Call]]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, tree: ast.Module) -> "Module":
        """Read a file."""
        found = cls(path, tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                found.functions.setdefault(node.name, []).append(node)
                for one in ast.walk(node):
                    if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                        found.calls.setdefault(one.func.id, []).append((node, one))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    found.origins[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return found


@functools.cache
def modules() -> dict[str, Module]:
    """Every module of the product by its dotted name."""
    return {house.module_of(path): Module.of(path, house.parsed(path)) for path in house.sources()}


Key = tuple[Module, ast.AST, str]


class Reader:
    """Follows a context from the call of `render` to the dictionaries it is made of."""

    def keys(self, module: Module, within: ast.AST, value: ast.expr | None, deep: int = 0) -> Iterator[Key]:
        """Every key written down for it, with where."""
        if value is None or deep > DEEPEST:
            return
        if isinstance(value, ast.Dict):
            for key, part in zip(value.keys, value.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield module, key, str(key.value)
                elif key is None:
                    yield from self.keys(module, within, part, deep + 1)
        elif isinstance(value, ast.BinOp | ast.IfExp | ast.BoolOp):
            for part in ast.iter_child_nodes(value):
                if isinstance(part, ast.expr):
                    yield from self.keys(module, within, part, deep + 1)
        elif isinstance(value, ast.Call):
            yield from self._of_call(module, within, value, deep)
        elif isinstance(value, ast.Name):
            yield from self._of_name(module, within, value.id, deep)

    def _of_call(self, module: Module, within: ast.AST, call: ast.Call, deep: int) -> Iterator[Key]:
        if isinstance(call.func, ast.Name) and call.func.id == "dict":
            for part in call.args:
                yield from self.keys(module, within, part, deep + 1)
            yield from self._of_keywords(module, within, call, deep)
            return
        for home, function in self._meant(module, call.func):
            for node in ast.walk(function):
                if isinstance(node, ast.Return):
                    yield from self.keys(home, function, node.value, deep + 1)

    def _of_keywords(self, module: Module, within: ast.AST, call: ast.Call, deep: int) -> Iterator[Key]:
        for keyword in call.keywords:
            if keyword.arg:
                yield module, keyword.value, keyword.arg
            else:
                yield from self.keys(module, within, keyword.value, deep + 1)

    def _of_name(self, module: Module, within: ast.AST, name: str, deep: int) -> Iterator[Key]:
        for node in ast.walk(within):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield from self.keys(module, within, node.value, deep + 1)
                    elif (item := _item_of(target, name)) is not None:
                        yield module, target, item
            elif isinstance(node, ast.Call) and _is_update_of(node.func, name):
                for part in node.args:
                    yield from self.keys(module, within, part, deep + 1)
                yield from self._of_keywords(module, within, node, deep)
        if isinstance(within, ast.FunctionDef):
            yield from self._of_parameter(module, within, name, deep)

    def _of_parameter(self, module: Module, function: ast.FunctionDef, name: str, deep: int) -> Iterator[Key]:
        """What the callers in the same package hand over."""
        places = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        rest = function.args.kwarg is not None and function.args.kwarg.arg == name
        known = {*places, *(one.arg for one in function.args.kwonlyargs)}
        if not rest and name not in known:
            return
        for other in modules().values():
            if other.path.parent != module.path.parent and other.path != module.path:
                continue
            for caller, call in _calls(other, function.name):
                if rest:
                    for keyword in call.keywords:
                        if keyword.arg and keyword.arg not in known:
                            yield other, keyword.value, keyword.arg
                        elif not keyword.arg:
                            yield from self.keys(other, caller, keyword.value, deep + 1)
                    continue
                given = dict(zip(places, call.args, strict=False))
                given.update({one.arg: one.value for one in call.keywords if one.arg})
                yield from self.keys(other, caller, given.get(name), deep + 1)

    @staticmethod
    def _meant(module: Module, func: ast.expr) -> Iterator[tuple[Module, ast.FunctionDef]]:
        """The functions a call may mean: here, imported by name, or through an imported module."""
        if isinstance(func, ast.Name):
            for one in module.functions.get(func.id, []):
                yield module, one
            origin = module.origins.get(func.id, "")
        elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
            origin = f"{module.origins.get(func.value.id, '')}.{func.attr}"
        else:
            return
        home, _dot, name = origin.rpartition(".")
        for dotted, other in modules().items():
            # a package's door lends the names of the modules behind it
            if home and (dotted == home or dotted.startswith(f"{home}.")):
                for one in other.functions.get(name, []):
                    yield other, one


def _is_update_of(func: ast.expr, name: str) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and func.attr == "update"
        and isinstance(func.value, ast.Name)
        and func.value.id == name
    )


def _item_of(target: ast.expr, name: str) -> str | None:
    """The key, where a value is written into the named dictionary."""
    if not (isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)):
        return None
    inside = isinstance(target.value, ast.Name) and target.value.id == name
    return str(target.slice.value) if inside else None


def _calls(module: Module, name: str) -> list[tuple[ast.AST, ast.Call]]:
    """(function around it, call) of every call by this bare name."""
    return module.calls.get(name, [])


def _names_taken(within: ast.AST, template: ast.expr) -> frozenset[str]:
    """What the frames of the rendered template use up; both frames' names where the name is not plain to see."""
    if isinstance(template, ast.Constant):
        return taken_by(str(template.value))
    if isinstance(template, ast.IfExp):
        return _names_taken(within, template.body) | _names_taken(within, template.orelse)
    return taken_by_any()


def hits(module: Module) -> set[str]:
    """Every captured name that a view of this module passes."""
    found = set()
    for within, call in _calls(module, "render"):
        given = {one.arg: one.value for one in call.keywords if one.arg}
        template = call.args[1] if len(call.args) > 1 else given.get("template_name")
        context = call.args[2] if len(call.args) > 2 else given.get("context")
        if template is None:
            continue
        taken = _names_taken(within, template)
        for home, node, key in Reader().keys(module, within, context):
            if key in taken:
                found.add(f"{house.where(home.path, node)} passes `{key}` to {ast.unparse(template)}")
    return found


def test_no_view_passes_a_captured_name() -> None:
    """What a view hands to its page arrives there."""
    wrong = sorted(set().union(*(hits(module) for module in modules().values())))
    assert not wrong, "The frame overwrites these, name them otherwise:\n" + "\n".join(wrong)


def test_the_frames_still_capture() -> None:
    """The names are read from the frames, so a frame written otherwise would leave nothing to look for."""
    assert {"acts", "aside", "crumbs", "heading", "sub", "tag"} <= taken_by_any()
    assert taken_by("dossiers/list.html") == taken_by("base.html")


PLANTED = """
from django.shortcuts import render

def one(request):
    return render(request, "dossiers/list.html", {"rows": [{"tag": 1}], "acts": 2})

def two(request):
    context = {**shared(), "rows": []}
    context["sub"] = 3
    return render(request, "dossiers/list.html", context)

def shared():
    return {"crumbs": []}

def three(request, short):
    return page(request, heading="Lost")

def page(request, **more):
    return render(request, "dossiers/list.html" if more else "dossiers/law.html", dict(aside=1) | more)

def mail(request):
    return render(request, "emails/base.txt", {"acts": 2})
"""


def test_planted_names_are_found() -> None:
    """Written into the call, put together, handed on by a helper; not where no frame stands, nor in a row."""
    module = Module.of(house.ROOT / "planted.py", ast.parse(PLANTED))
    modules()["planted"] = module
    try:
        found = {hit.split("`")[1] for hit in hits(module)}
    finally:
        del modules()["planted"]
    assert found == {"acts", "sub", "crumbs", "heading", "aside"}
