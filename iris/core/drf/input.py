"""What comes in: JSON that says one thing, fields that are known, sizes that are bounded."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 20
MOST_VALUES = 500_000
MOST_ROWS = 20_000
LONGEST_NUMBER = 15
PAGING = frozenset({"cursor", "page_size", "changed_since", "ordering"})

# A whole string, which counts for nothing, or a mark. Possessive: nothing is kept to go back to, however long it is.
_QUOTE, _COMMA = b'",'
_MARKS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 whose names stand once, not too deep, with numbers and text that can be kept."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Raises ParseError with what is wrong."""
        raw = stream.read()
        _measure(raw)
        try:
            found = json.loads(
                raw.decode("utf-8"),
                parse_constant=_no_constant,
                parse_int=_whole,
                parse_float=_number,
                object_pairs_hook=_once,
            )
        except UnicodeDecodeError as error:
            raise ParseError(_("The body is not UTF-8 at byte %(at)s.") % {"at": error.start}) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not JSON: %(why)s") % {"why": str(error)[:200]}) from error
        if _HALVES.search(raw):
            _refuse_halves(found)
        return found


def _measure(raw: bytes) -> None:
    """Refuse before anything is built: how deep, how many values, text that no database keeps."""
    if b"\x00" in raw or re.search(rb"\\u0000", raw):
        raise ParseError(_("The body holds a NUL character, which no text has. Take it out."))
    depth = deepest = commas = 0
    for found in _MARKS.finditer(raw):
        mark = raw[found.start()]
        if mark == _QUOTE:
            continue
        if mark == _COMMA:
            commas += 1
            continue
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            raise ParseError(_("The body is nested more than %(most)s deep.") % {"most": DEEPEST})
    if commas >= MOST_VALUES:
        text = _("The body holds more than %(most)s values. Send it in parts.")
        raise ParseError(text % {"most": f"{MOST_VALUES:,}"})


def _refuse_halves(found: Any) -> None:
    """Half of a surrogate pair can be neither stored nor sent back, wherever it stands."""
    below = [found]
    while below:
        one = below.pop()
        if isinstance(one, str) and not _can_be_kept(one):
            raise ParseError(_("The body is not JSON: half of a surrogate pair is no text."))
        if isinstance(one, dict):
            below += [*one, *one.values()]
        elif isinstance(one, list):
            below += one


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON number")


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise ValueError(f"a whole number has at most {LONGEST_NUMBER} digits here")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the name “{_shown(name)}” stands twice in one object")
        found[name] = value
    return found


def _shown(name: str) -> str:
    return name[:60].encode(errors="replace").decode()


def _can_be_kept(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text)


class ReadOnlySerializer(serializers.Serializer[Any]):
    """A serializer that only ever writes out. Each act has an input serializer of its own."""

    def create(self, validated_data: Any) -> Any:
        raise TypeError("read-only serializer")

    def update(self, instance: Any, validated_data: Any) -> Any:
        raise TypeError("read-only serializer")


class StrictList(serializers.ListSerializer[Any]):
    """Rows, counted before the first is looked at."""

    def to_internal_value(self, data: Any) -> list[Any]:
        """Raises ValidationError for more than the most."""
        most = getattr(self.child, "most_rows", MOST_ROWS)
        if isinstance(data, list) and len(data) > most:
            text = _("Expected at most %(most)s rows, found %(found)s. Send them in parts.")
            told = text % {"most": f"{most:,}", "found": f"{len(data):,}"}
            raise serializers.ValidationError({"non_field_errors": [told]}, code="too_many")
        rows: list[Any] = super().to_internal_value(data)
        return rows


class StrictSerializer(serializers.Serializer[Any]):
    """Input whose every field is known: another name is refused, and named.

    Of an address the names of paging are let through, which the page and not the filter reads. A name that stands
    twice in an address is refused too, where the field is no list.
    """

    unknown_word: ClassVar[str] = "field"

    class Meta:
        list_serializer_class = StrictList

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError with a sentence for each unknown field."""
        if isinstance(data, Mapping):
            query = isinstance(data, QueryDict)
            known = {name for name, one in self.fields.items() if not one.read_only}
            unknown = [name for name in data if name not in known and not (query and name in PAGING)]
            also = PAGING if query else frozenset()
            errors = {str(name)[:60]: [self._unknown({*known, *also})] for name in unknown[:20]}
            if isinstance(data, QueryDict):
                errors |= {
                    name: [_("Given %(n)s times; once is meant.") % {"n": len(values)}]
                    for name, values in data.lists()
                    if len(values) > 1 and not _is_list(self.fields.get(name)) and name not in errors
                }
            if errors:
                raise serializers.ValidationError(errors, code="unknown_field")
            if isinstance(data, QueryDict):
                data.looked_at = True  # type: ignore[attr-defined] # read by refuse_unasked
            self._count(data)
        return super().to_internal_value(data)

    def _count(self, data: Mapping[str, Any]) -> None:
        """Lists and objects inside, counted before the first of them is looked at."""
        errors = {}
        for name, field in self.fields.items():
            value = data.get(name)
            most = getattr(field, "max_length", None) or MOST_ROWS
            inside = isinstance(field, serializers.ListField | serializers.DictField)
            if inside and isinstance(value, list | dict) and len(value) > most:
                text = _("Expected at most %(most)s entries, found %(found)s. Send them in parts.")
                errors[name] = [text % {"most": f"{most:,}", "found": f"{len(value):,}"}]
        if errors:
            raise serializers.ValidationError(errors, code="too_many")

    def _unknown(self, known: set[str]) -> str:
        told = {"what": self.unknown_word, "known": ", ".join(sorted(known)) or _("none")}
        return _("There is no such %(what)s. There are: %(known)s.") % told


def _is_list(field: Any) -> bool:
    return isinstance(field, serializers.ListField | serializers.MultipleChoiceField)


def refuse_unasked(query: QueryDict, *, paged: bool) -> None:
    """Refuse a query that nothing looked at: a filter that is passed over would be read as one that was heard."""
    if getattr(query, "looked_at", False):
        return
    known = sorted(PAGING) if paged else []
    text = _("There is no such filter. There are: %(known)s.") % {"known": ", ".join(known) or _("none")}
    if unknown := [name for name in query if name not in known]:
        raise serializers.ValidationError({str(name)[:60]: [text] for name in unknown[:20]})
