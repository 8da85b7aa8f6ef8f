"""Loading an edition from its file."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from certification.standard import services
from certification.standard.documents import STANDARDS
from certification.standard.models import Criterion, Edition, Indicator, Principle
from certification.standard.selectors import document_of, tree
from certification.standard.services import Change, DocumentRefused
from certification.standard.states import EditionState
from iris.core import events
from iris.core.errors import Conflict, NotPermitted
from iris.core.events import SYSTEM
from tests.factories.accounts import person
from tests.factories.standard import load_edition_one, one_indicator, small_document

pytestmark = pytest.mark.django_db
EDITION_ONE = STANDARDS / "edition-1.yaml"


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Edition, Principle, Criterion, Indicator))


def test_load_again_changes_nothing() -> None:
    edition = load_edition_one()
    before, ids, log = (
        counts(),
        set(Indicator.objects.values_list("id", flat=True)),
        len(events.events_of(edition)),
    )

    loaded = services.load_edition(EDITION_ONE, SYSTEM)
    services.turn_editions()

    assert loaded.change is Change.UNCHANGED
    assert counts() == before
    assert set(Indicator.objects.values_list("id", flat=True)) == ids
    assert len(events.events_of(edition)) == log


def test_load_draft_again_changes_nothing() -> None:
    first = services.load_edition(small_document(status="draft"), SYSTEM)
    ids = set(
        Indicator.objects.filter(criterion__principle__edition=first.edition).values_list("id", flat=True)
    )

    again = services.load_edition(small_document(status="draft"), SYSTEM)

    assert again.change is Change.UNCHANGED
    assert (
        set(
            Indicator.objects.filter(criterion__principle__edition=again.edition).values_list("id", flat=True)
        )
        == ids
    )


def test_load_draft_with_new_text_replaces_it() -> None:
    services.load_edition(small_document(status="draft"), SYSTEM)
    document = small_document(status="draft")
    one_indicator(document)["text"] = "You hold a licence in each country."

    loaded = services.load_edition(document, SYSTEM)

    assert loaded.change is Change.REPLACED
    texts = [i.text for p in tree(loaded.edition) for c in p.criteria.all() for i in c.indicators.all()]
    assert texts == ["You hold a licence in each country."]


def test_load_keeps_the_order_and_the_words_of_the_file() -> None:
    edition = load_edition_one()
    written = yaml.safe_load(EDITION_ONE.read_text(encoding="utf-8"))

    document = document_of(edition)

    assert document["principles"][0]["criteria"][0]["indicators"][0]["code"] == "A.1.1"
    assert [row["code"] for row in document["principles"]] == ["A", "B", "1", "2", "3", "4", "5"]
    for ours, theirs in zip(document["principles"], written["principles"], strict=True):
        for mine, other in zip(ours["criteria"], theirs["criteria"], strict=True):
            assert [row["code"] for row in mine["indicators"]] == [row["code"] for row in other["indicators"]]
            assert [row["guidance"] for row in mine["indicators"]] == [
                row["guidance"] for row in other["indicators"]
            ]


def test_load_issued_edition_with_other_text_is_refused_and_names_the_place(tmp_path: Path) -> None:
    load_edition_one()
    changed = tmp_path / "changed.yaml"
    changed.write_text(
        EDITION_ONE.read_text(encoding="utf-8").replace(
            "You hold a valid licence, in your own name,", "You hold a licence"
        ),
        encoding="utf-8",
    )

    (tmp_path / "changed.fr.yaml").write_bytes((STANDARDS / "edition-1.fr.yaml").read_bytes())

    with pytest.raises(Conflict) as refused:
        services.load_edition(changed, SYSTEM)

    assert refused.value.code == "edition_issued"
    assert "A.1.1 text" in str(refused.value.message)
    assert "new edition number" in str(refused.value.message)


def test_load_issued_edition_with_other_references_revises_only_them() -> None:
    edition = issue_small()
    document = small_document()
    one_indicator(document)["references"] = [{"source": "NEW", "number": "1"}]
    document["sources"].append({"code": "NEW", "label": "A younger law"})
    document["reference_note"] = "Looked through again."
    document["edition"]["references_revised"] = date(2026, 11, 20)

    loaded = services.load_edition(document, SYSTEM)

    assert loaded.change is Change.REFERENCES
    indicator = Indicator.objects.get(criterion__principle__edition=edition)
    assert indicator.references == [{"source": "NEW", "number": "1"}]
    revised = Edition.objects.get(pk=edition.pk)
    assert revised.source_label("NEW") == "A younger law"
    assert (revised.reference_note, revised.references_revised_on) == (
        "Looked through again.",
        date(2026, 11, 20),
    )
    assert [e.act for e in events.events_of(edition)].count("references_revised") == 1
    assert services.load_edition(document, SYSTEM).change is Change.UNCHANGED


def test_load_by_somebody_else_is_not_permitted() -> None:
    with pytest.raises(NotPermitted):
        services.load_edition(small_document(), person("agency", "manager"))


def test_load_by_the_scheme_manager_is_recorded_with_the_name() -> None:
    manager = person("scheme", "scheme_manager", name="Maya Lindqvist")

    loaded = services.load_edition(small_document(), manager)

    [event] = events.events_of(loaded.edition)
    assert (event.act, event.actor_label) == ("loaded", "Maya Lindqvist")


def test_load_consultation_opens_and_goes_back() -> None:
    opened = services.load_edition(small_document(status="consultation"), SYSTEM)
    assert opened.edition.state == EditionState.CONSULTATION

    back = services.load_edition(small_document(status="draft"), SYSTEM)

    assert back.edition.state == EditionState.DRAFT


def test_load_mapping_with_problems_writes_nothing() -> None:
    before = counts()
    document = small_document()
    one_indicator(document)["severity"] = "severe"

    with pytest.raises(DocumentRefused):
        services.load_edition(document, SYSTEM)

    assert counts() == before


def test_command_loads_all_shipped_and_says_so() -> None:
    said = StringIO()

    call_command("load_standard", stdout=said)

    assert "edition-1.yaml: edition 1 unchanged" in said.getvalue()


def test_command_with_a_broken_file_tells_line_and_fix(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    text = yaml.safe_dump(small_document(), sort_keys=False).replace("severity: major", "severity: severe")
    broken.write_text(text, encoding="utf-8")
    line = text[: text.index("severity: severe")].count("\n") + 1

    with pytest.raises(CommandError) as refused:
        call_command("load_standard", str(broken))

    message = str(refused.value)
    assert str(broken) in message
    assert (
        f"broken.yaml, line {line}: principles[0].criteria[0].indicators[0].severity: indicator A.1.1, severity: "
        "expected one of critical, major, minor" in message
    )
    assert 'found "severe"' in message


def test_command_with_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_standard", str(tmp_path / "absent.yaml"))


def test_command_issues_a_final_edition_whose_day_has_come(tmp_path: Path) -> None:
    load_edition_one()
    file = tmp_path / "edition-2.yaml"
    file.write_text(yaml.safe_dump(small_document(), sort_keys=False), encoding="utf-8")

    call_command("load_standard", str(file), stdout=StringIO())

    assert Edition.objects.get(number=2).state == EditionState.ISSUED


def test_command_says_why_a_due_edition_was_not_issued(tmp_path: Path) -> None:
    load_edition_one()
    file = tmp_path / "edition-2.yaml"
    file.write_text(
        yaml.safe_dump(small_document(previous_valid_until=None), sort_keys=False), encoding="utf-8"
    )
    said = StringIO()

    call_command("load_standard", str(file), stdout=StringIO(), stderr=said)

    assert "until when edition 1 stays valid" in said.getvalue()
    assert Edition.objects.get(number=2).state == EditionState.DRAFT


def issue_small() -> Edition:
    """Edition 2, in force."""
    load_edition_one()
    services.load_edition(small_document(), SYSTEM)
    services.turn_editions()
    return Edition.objects.get(number=2)
