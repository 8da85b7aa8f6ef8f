"""Words at module level are translated when shown, not in the language of the process that loaded them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT

GROUPS = ("iris", "certification", "audits", "supplychain")
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def eager_names(tree: ast.Module) -> set[str]:
    """The names under which the module knows functions that translate at once."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Everything below a node that runs when the module is loaded; bodies of functions do not."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from run_at_import(child)


def early_words(source: str) -> list[int]:
    """Line numbers of words that are translated too early."""
    tree = ast.parse(source)
    eager = eager_names(tree)
    return [
        node.lineno
        for node in run_at_import(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager
    ]


def test_no_word_is_translated_when_a_module_is_loaded() -> None:
    early = [
        f"{path.relative_to(ROOT)}:{line}"
        for group in GROUPS
        for path in sorted(Path(ROOT, group).rglob("*.py"))
        for line in early_words(path.read_text())
    ]
    assert early == [], "use gettext_lazy for words at module level"


def test_an_early_word_is_seen_and_a_late_one_is_not() -> None:
    source = """
from django.utils.translation import gettext as _, gettext_lazy
EARLY = {"a": _("Held")}
LATE = gettext_lazy("Held")
def shown():
    return _("Held")
class Form:
    label = _("Name")
"""
    assert early_words(source) == [3, 8]
