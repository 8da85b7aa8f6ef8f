"""Self-assessments, made by the real services."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.assessments import services
from certification.assessments.models import Assessment, CostLine, Evidence, JobOrder
from certification.assessments.services import AnswerEntry, CostLineEntry, Declaration, JobOrderEntry
from iris.accounts.models import User
from tests.factories import numbers
from tests.stock import stocked

_numbers = numbers()
DECLARATION = (
    "I declare that the answers and the cost ledger are true and complete to the best of my knowledge."
)


def signatory_of(agency: Agency) -> User:
    """The person who may declare for the agency."""
    found = agencies.signatory(agency)
    assert found is not None
    return found


def a_file(name: str = "policy.txt", text: str = "") -> SimpleUploadedFile:
    """A small text document, each with its own content unless `text` is given."""
    return SimpleUploadedFile(name, (text or f"Document number {next(_numbers)}.\n").encode(), "text/plain")


@stocked
def evidence(agency: Agency, title: str = "No-fee policy", **more: object) -> Evidence:
    """A document in the agency's library."""
    return services.add_evidence(
        agency_id=agency.pk,
        actor=signatory_of(agency),
        upload=a_file(),
        title=title,
        **more,  # type: ignore[arg-type]
    )


@stocked
def draft_assessment(agency: Agency) -> Assessment:
    """A self-assessment with nothing answered yet."""
    return services.start_assessment(agency.pk, signatory_of(agency))


@stocked
def job_order(
    assessment: Assessment, reference: str = "", corridor: tuple[str, str] = ("NP", "MY")
) -> JobOrder:
    """A job order without costs."""
    return services.save_job_order(
        assessment_id=assessment.pk,
        actor=signatory_of(assessment.agency),
        entry=JobOrderEntry(
            reference=reference or f"JO-{next(_numbers)}",
            origin=corridor[0],
            destination=corridor[1],
            employer_name="Tellmark Plastics",
            workers=84,
            currency="NPR",
        ),
    )


def cost_line(order: JobOrder, **more: object) -> CostLine:
    """A medical test that the employer paid, unless told otherwise."""
    words = {
        "category": "C1",
        "label": "Medical test",
        "amount": "6500",
        "currency": "NPR",
        "paid_by": "employer",
    }
    return services.save_cost_line(
        assessment_id=order.assessment_id,
        actor=signatory_of(order.assessment.agency),
        order_id=order.pk,
        entry=CostLineEntry(**{**words, **more}),  # type: ignore[arg-type]
    )


@stocked
def complete_assessment(agency: Agency, gaps: Mapping[str, str] | None = None) -> Assessment:
    """Every indicator answered with a document, one job order with costs: ready to declare.

    `gaps` maps indicator codes to "no" or "partly"; everything else is "yes".
    """
    assessment = draft_assessment(agency)
    actor = signatory_of(agency)
    proof = evidence(agency, title="Handbook of the agency", kind="policy")
    entries = [
        _entry(answer, (gaps or {}).get(answer.indicator.code, "yes"), proof)
        for answer in assessment.answers_in_order()
    ]
    result = services.save_answers(assessment_id=assessment.pk, actor=actor, entries=entries)
    assert result.complete, result.refused
    corridors = list(agency.corridors.values_list("origin", "destination")) or [("NP", "MY")]
    for corridor in corridors:
        order = job_order(assessment, corridor=corridor)
        cost_line(
            order, category="F1", label="Recruitment service", amount="48000", lawful="yes", proof_id=proof.pk
        )
        cost_line(order, lawful="yes", proof_id=proof.pk)
    return Assessment.objects.get(pk=assessment.pk)


def confirm_everything(assessment: Assessment) -> None:
    """Say of every answer from last time that it is still true."""
    carried = assessment.answers.filter(carried=True).values_list("indicator_id", "version")
    services.confirm_carried(
        assessment_id=assessment.pk, actor=signatory_of(assessment.agency), answers=list(carried)
    )


def _entry(answer: object, value: str, proof: Evidence) -> AnswerEntry:
    return AnswerEntry(
        indicator_id=answer.indicator_id,  # type: ignore[attr-defined]
        version=answer.version,  # type: ignore[attr-defined]
        value=value,
        maturity={"yes": 3, "partly": 2, "no": 1}[value],
        comment="",
        evidence_ids=frozenset({proof.pk}),
    )


@stocked
def frozen_assessment(agency: Agency, gaps: Mapping[str, str] | None = None) -> Assessment:
    """A declared, frozen self-assessment."""
    assessment = complete_assessment(agency, gaps)
    return services.freeze_assessment(assessment.pk, signatory_of(agency), declaration(agency))


def declaration(agency: Agency) -> Declaration:
    """The signatory's declaration."""
    return Declaration(name=signatory_of(agency).full_name, role="Managing director", text=DECLARATION)
