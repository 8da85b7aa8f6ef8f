"""Every variable that the code reads is explained in .env.example."""

import ast
import re

from tests.architecture import house

READERS = {"text", "flag", "whole", "listed", "get", "getenv"}
OWNERS = {"env", "os", "os.environ", "environ"}
# Set by the machine, not for this product.
NOT_FOR_PEOPLE = {"PATH", "XDG_CACHE_HOME"}


def _name_read_by(node: ast.AST) -> str:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in OWNERS:
        named: ast.expr | None = node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
        named = node.args[0] if node.args and ast.unparse(node.func.value) in OWNERS else None
    else:
        named = None
    return str(named.value) if isinstance(named, ast.Constant) else ""


def _read_names() -> set[str]:
    found = set()
    for path in house.sources():
        for node in ast.walk(house.parsed(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in READERS
            ):
                owner = ast.unparse(node.func.value)
                first = node.args[0] if node.args else None
                if owner in {"env", "os.environ", "os", "environ"} and isinstance(first, ast.Constant):
                    found.add(str(first.value))
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
                found.add(str(ast.literal_eval(node.slice)))
    return {name for name in found if name.isupper()} - NOT_FOR_PEOPLE


def test_every_variable_is_explained() -> None:
    """A person who sets up a server reads one file."""
    text = (house.ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    missing = sorted(_read_names() - explained)
    assert not missing, f"Explain these in .env.example: {', '.join(missing)}"
