"""The JSON schemas of the Reconciliation Service API 0.2 as validators: from a folder, never from the network."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

FOLDER = "schemas/reconciliation-0.2"


class Schemas:
    """`check("manifest", body)` fails with every problem that a schema has with an answer."""

    def __init__(self, shared: Path) -> None:
        read = {path.name: json.loads(path.read_text()) for path in sorted((shared / FOLDER).glob("*.json"))}
        self.own = {name.removesuffix(".json"): one for name, one in read.items()}
        resources = [
            (one["$id"].rstrip("#"), Resource(contents=one, specification=DRAFT7)) for one in read.values()
        ]
        self.registry: Registry[Any] = Registry().with_resources(resources)

    def problems(self, name: str, body: Any) -> list[str]:
        """What is wrong, each with its place."""
        validator = Draft7Validator(self.own[name], registry=self.registry)
        return [f"{name} {one.json_path}: {one.message}" for one in validator.iter_errors(body)]

    def check(self, name: str, body: Any) -> None:
        """Nothing is wrong."""
        found = self.problems(name, body)
        assert not found, "\n".join(found[:20])
