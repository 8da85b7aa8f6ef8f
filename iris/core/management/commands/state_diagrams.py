"""`manage.py state_diagrams`: draw every machine of states into docs/states/; `--check` compares."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils.translation import override

from iris.core.fsm import StateField, transitions_of
from iris.core.guards import first_states
from iris.core.states import facts_of


def diagrams() -> dict[str, str]:
    """File name -> Markdown with a Mermaid diagram and the table of states, for every model with a state field."""
    drawn: dict[str, str] = {}
    with override("en"):
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, StateField):
                    drawn[f"{model._meta.label_lower}.md"] = _draw(model, field)
        drawn["README.md"] = _index(sorted(drawn))
    return drawn


def _index(names: list[str]) -> str:
    rows = "\n".join(f"- [{name.removesuffix('.md')}]({name})" for name in names)
    return f"# States\n\nDrawn from the code by `./dev shell state_diagrams`; compared in `./dev check`.\n\n{rows}\n"


def _draw(model: type[models.Model], field: StateField) -> str:
    moves = transitions_of(model)
    lines = [f"# {model._meta.verbose_name}".capitalize(), "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state}" for state in first_states(model, field)]
    lines += [f"    {source} --> {target}: {act}" for source, act, target in moves]
    lines += ["```", "", "| state | whose move | agency reads | auditor reads | public reads |"]
    lines.append("| --- | --- | --- | --- | --- |")
    states = field.states or _states_of(model, field)
    for member in states:
        facts = facts_of(member)
        lines.append(
            f"| {member.value} | {facts.owner.label} | {facts.agency} | {facts.auditor} | {facts.public} |"
        )
    return "\n".join(lines) + "\n"


def _states_of(model: type[models.Model], field: StateField) -> type[models.TextChoices]:
    return type(model().state_member)  # type: ignore[attr-defined] # set by StateField


class Command(BaseCommand):
    """Draw or compare."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write docs/states/ or say which file differs."""
        folder = Path(settings.BASE_DIR) / "docs" / "states"
        drawn = diagrams()
        if check:
            wrong = [name for name, text in drawn.items() if _read(folder / name) != text]
            wrong += [path.name for path in folder.glob("*.md") if path.name not in drawn]
            if wrong:
                raise CommandError(
                    f"docs/states/ differs from the code: {', '.join(wrong)}. Type: ./dev shell state_diagrams"
                )
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.md"):
            path.unlink()
        for name, text in drawn.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"Drew {len(drawn) - 1} machines into docs/states/")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
