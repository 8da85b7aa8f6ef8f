"""Reading a file of the Standard: its data, and the line each part stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .rules import Path as DocumentPath
from .rules import Problem

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, several times as fast where it is built
STANDARDS = Path(__file__).parent / "standards"


@dataclass
class Document:
    """A file's data with the line of every part of it; `problems` are those of YAML itself.

    `stands_at` is the place in the main file that this file was laid into, where it is one of its languages.
    """

    data: Any
    lines: dict[DocumentPath, int]
    problems: tuple[Problem, ...] = ()
    stands_at: DocumentPath = ()

    def line_of(self, path: DocumentPath) -> int:
        """The line of a place, or of the nearest block that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def shipped_documents() -> list[Path]:
    """Every edition that comes with the product, oldest first; not the files of its other languages."""
    return sorted(path for path in STANDARDS.glob("*.yaml") if "." not in path.stem)


def shipped_mappings() -> list[Path]:
    """Every mapping to another scheme that comes with the product."""
    return sorted((STANDARDS / "mappings").glob("*.yaml"))


def is_mapping(path: Path) -> bool:
    """Whether a file is a mapping to another scheme: it has a block `scheme` at its top."""
    data = read_document(path).data
    return isinstance(data, dict) and "scheme" in data


def language_files(path: Path) -> dict[str, Path]:
    """The files beside an edition's that hold it in other languages: edition-1.fr.yaml beside edition-1.yaml."""
    found = sorted(path.parent.glob(f"{path.stem}.*{path.suffix}"))
    return {other.name[len(path.stem) + 1 : -len(path.suffix)]: other for other in found}


def read_document(path: Path) -> Document:
    """The document in a file. What cannot be read comes back as problems, not as an exception."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=LOADER)
        if node is None:
            return _unreadable(_("an edition of the Standard"), _("an empty file"))
        lines: dict[DocumentPath, int] = {}
        problems: list[Problem] = []
        _walk(node, (), lines, problems)
        return Document(yaml.load(text, Loader=LOADER), lines, tuple(problems))  # noqa: S506 (the safe one, in C)
    except OSError as error:
        return _unreadable(_("a file that can be read"), error.strerror or str(error))
    except UnicodeDecodeError:
        return _unreadable(_("text in UTF-8"), _("other bytes"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        found = str(getattr(error, "problem", "") or error)
        return _unreadable(_("YAML"), found, line)


def _unreadable(expected: str, found: str, line: int = 1) -> Document:
    fix = _("Correct the file; the indentation of the lines around it is the usual cause.")
    return Document(None, {(): line}, (Problem(_("the file"), expected, found, fix),))


def _walk(
    node: yaml.Node, path: DocumentPath, lines: dict[DocumentPath, int], problems: list[Problem]
) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                fix = _("Remove one of the two.")
                problems.append(Problem(name, _("each key once"), _("it twice"), fix, (*path, name)))
            seen.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            _walk(value, (*path, name), lines, problems)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines, problems)
