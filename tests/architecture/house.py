"""What the architecture tests know of the house: its files, its rooms, and the order of the rooms.

The order is read from the contracts in pyproject.toml, so that it is written down once.
"""

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("iris", "certification", "audits", "supplychain")
PLATFORM = ("iris.core", "iris.matching")  # everything public in them may be imported
COMPOSITION = ("iris.urls", "iris.settings", "iris.celery", "iris.wsgi", "iris.asgi")


@functools.cache
def sources() -> tuple[Path, ...]:
    """Every Python file of the product, without migrations."""
    found = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


@functools.cache
def parsed(path: Path) -> ast.Module:
    """A file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path: Path) -> str:
    """The dotted name of a file's module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def where(path: Path, node: ast.AST) -> str:
    """How a finding is told."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def room_of(module: str) -> str:
    """`certification.agencies` for everything in that room; empty for what is no room."""
    parts = module.split(".")
    if len(parts) < 2 or parts[0] not in PACKAGES:
        return ""
    return ".".join(parts[:2])


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Every import in a file, also inside functions, as (node, dotted name)."""
    module = module_of(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


@functools.cache
def orders() -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """The layers between rooms, top first, as (container, layers of module names)."""
    with (ROOT / "pyproject.toml").open("rb") as handle:
        contracts = tomllib.load(handle)["tool"]["importlinter"]["contracts"]
    found = []
    for contract in contracts:
        containers = contract.get("containers", [""])
        if contract["type"] != "layers" or any("*" in container for container in containers):
            continue
        for container in containers:
            layers = tuple(
                frozenset(
                    f"{container}.{name.strip(' ()')}".lstrip(".")
                    for name in layer.replace(":", "|").split("|")
                )
                for layer in contract["layers"]
            )
            found.append((container, layers))
    return tuple(found)


def level(layers: tuple[frozenset[str], ...], module: str) -> tuple[int, str] | None:
    """(number of the layer, name in it) of a module; None when the order says nothing of it."""
    for number, names in enumerate(layers):
        for name in names:
            if module == name or module.startswith(f"{name}."):
                return number, name
    return None


def may_know(module: str, other: str) -> bool:
    """Whether the order of the rooms lets one module depend on another."""
    for _container, layers in orders():
        mine, theirs = level(layers, module), level(layers, other)
        if mine is None or theirs is None or mine[1] == theirs[1]:
            continue
        if mine[0] >= theirs[0]:
            return False
    return True
