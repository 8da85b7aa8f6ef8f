"""Templates are all used, and components say what they take."""

import ast
import functools
import re
from pathlib import Path

from django.conf import settings
from django.template.utils import get_app_template_dirs

from tests.architecture import house

TEMPLATES = house.ROOT / "templates"
EMAILS = "emails/"
COMPONENTS = "components/"
# Django finds these by name when something goes wrong.
FOUND_BY_NAME = {"400.html", "403.html", "404.html", "500.html"}
QUOTED = re.compile(r"\"([^\"\s]+)\"|'([^'\s]+)'")
INCLUDE = re.compile(r"{%-?\s*include\s+[\"'](?P<name>[^\"']+)[\"'](?P<rest>[^%]*)%}")
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
CONTRACT = re.compile(r"\A\s*({% comment|{#)")


@functools.cache
def templates() -> dict[str, str]:
    """Every template by the name it is asked for, with its text."""
    found = (
        path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt", ".svg", ".xml"}
    )
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in found}


def _pattern(node: ast.JoinedStr) -> str:
    parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[^/]+" for p in node.values]
    return "".join(parts)


@functools.cache
def asked_for() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """(all strings of code and templates, patterns of formatted strings that name a template)."""
    strings: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in house.sources():
        for node in ast.walk(house.parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.JoinedStr) and "/" in (pattern := _pattern(node)):
                patterns.append(re.compile(pattern))
    for text in templates().values():
        strings.update(first or second for first, second in QUOTED.findall(COMMENT.sub("", text)))
    return frozenset(strings), tuple(patterns)


@functools.cache
def of_packages() -> frozenset[str]:
    """Names of templates that installed packages bring; ours of the same name replace them."""
    import django

    folders = [
        Path(django.__file__).parent / "forms" / "templates",
        *map(Path, get_app_template_dirs("templates")),
    ]
    folders = [
        folder for folder in folders if settings.BASE_DIR not in folder.parents or ".venv" in folder.parts
    ]
    return frozenset(
        path.relative_to(f).as_posix() for f in folders for path in f.rglob("*") if path.is_file()
    )


def _is_used(name: str) -> bool:
    if name in FOUND_BY_NAME or name in of_packages():
        return True
    strings, patterns = asked_for()
    short = name.removeprefix(EMAILS).removesuffix(".txt") if name.startswith(EMAILS) else name
    return any(each in strings or any(p.fullmatch(each) for p in patterns) for each in (name, short))


def test_every_template_is_used() -> None:
    """A template that nothing renders, includes or extends is gone."""
    wrong = [name for name in templates() if not _is_used(name)]
    assert not wrong, "Nothing asks for these templates:\n" + "\n".join(wrong)


def test_every_included_template_exists() -> None:
    """No page breaks on an include that nobody rendered yet."""
    known = set(templates()) | of_packages()
    wrong = [
        f"{name} includes {match['name']}"
        for name, text in templates().items()
        for match in INCLUDE.finditer(COMMENT.sub("", text))
        if match["name"] not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_components_begin_with_their_contract() -> None:
    """A component says what it takes before anything else."""
    wrong = [
        name
        for name, text in templates().items()
        if name.startswith(COMPONENTS) and name.endswith(".html") and not CONTRACT.match(text)
    ]
    assert not wrong, (
        "Begin these with {% comment %} what it takes, an example {% endcomment %}:\n" + "\n".join(wrong)
    )


def test_components_are_included_alone() -> None:
    """A component sees what it is given and nothing else of the page."""
    wrong = [
        f"{name}: {match.group(0)[:90]}"
        for name, text in templates().items()
        for match in INCLUDE.finditer(COMMENT.sub("", text))
        if match["name"].startswith(COMPONENTS)
        and match["name"].endswith(".html")
        and not match["rest"].strip().endswith("only")
    ]
    assert not wrong, "Add `only`:\n" + "\n".join(wrong)
