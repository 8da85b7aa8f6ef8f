"""The trace: everything from criterion to certificate for those who may read it, steps and days for the public."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.certificates.models import Certificate
from iris.desks import selectors
from tests.factories import accounts, agencies, audits, certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted() -> Certificate:
    """A certificate whose application was walked the whole way."""
    return certificates.certificate(agency=agencies.agency("Kalimaru Overseas"))


def _case(certificate: Certificate) -> Application:
    return Application.objects.select_related("agency").get(pk=certificate.application_id)


def test_trace_leads_from_every_indicator_to_answer_document_and_certificate(granted: Certificate) -> None:
    case = _case(granted)
    found = selectors.trace(case, agencies.signatory(case.agency))
    rows = list(found.lines())
    assert len(rows) == 102
    assert len(found.criteria) == 28
    assert all(row.answer is not None and row.answer.evidence.all() for row in rows)
    assert [row.number for row in found.certificates] == [granted.number]
    assert found.decision is not None
    assert found.decision.outcome == "grant"


def test_trace_as_csv_has_a_line_for_each_indicator_and_no_formula(granted: Certificate) -> None:
    case = _case(granted)
    found = selectors.trace(case, agencies.signatory(case.agency))
    lines = list(csv.DictReader(io.StringIO(selectors.trace_as_csv(found))))
    assert len(lines) == 102
    assert {line["decision"] for line in lines} == {"grant"}
    assert not [cell for line in lines for cell in line.values() if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize("path", ["desks:trace", "json", "csv"])
def test_trace_of_another_agency_does_not_exist(client: Client, granted: Certificate, path: str) -> None:
    stranger = agencies.signatory(agencies.agency("Himchuli House"))
    client.force_login(stranger)
    args = [granted.application_id] if path == "desks:trace" else [granted.application_id, path]
    name = path if path == "desks:trace" else "desks:trace_file"
    assert client.get(reverse(name, args=args)).status_code == 404
    client.force_login(agencies.signatory(granted.agency))
    assert client.get(reverse(name, args=args)).status_code == 200


def test_trace_shows_the_agency_neither_drafts_nor_ratings_before_the_report() -> None:
    finding = audits.finding("draft")
    case = finding.audit.application
    agency_sees = selectors.trace(case, agencies.signatory(case.agency))
    firm_sees = selectors.trace(case, finding.audit.lead.person)
    assert not any(row.findings or row.notes for row in agency_sees.lines())
    assert [row.pk for one in firm_sees.lines() for row in one.findings] == [finding.pk]


def test_public_trace_tells_steps_and_never_words_or_people(client: Client, granted: Certificate) -> None:
    page = client.get(reverse("desks:public_trace", args=[granted.number]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Self-assessment declared true" in text
    for secret in ("Handbook of the agency", granted.decided_by_name, "maturity"):
        assert secret not in text
    assert "UNDEFINED" not in text
    assert client.get(reverse("desks:public_trace", args=["ORIS-C-9999-2611"])).status_code == 404


def test_statistics_count_what_the_register_shows(client: Client, granted: Certificate) -> None:
    found = {table.key: {row.key: row.count for row in table.rows} for table in selectors.statistics().tables}
    assert found["standing"] == {"certified": 1}
    assert found["country"] == {"NP": 1}
    assert found["corridor"] == {"NP-MY": 1}
    assert found["outcome"] == {"granted": 1}
    page = client.get("/statistics/").content.decode()
    assert "Nepal to Malaysia" in page
    assert "UNDEFINED" not in page
    rows = list(csv.reader(io.StringIO(client.get("/statistics.csv").content.decode())))
    assert ["country", "NP", "Nepal", "1"] in rows


def test_statistics_keep_small_counts_of_findings_to_themselves(granted: Certificate) -> None:
    audits.finding("issued")
    findings = next(table for table in selectors.statistics().tables if table.key == "finding")
    assert findings.rows == []


def test_trace_page_reads_well_for_everyone_who_may(client: Client, granted: Certificate) -> None:
    for person in (agencies.signatory(granted.agency), accounts.person("scheme", "screener")):
        client.force_login(person)
        text = client.get(reverse("desks:trace", args=[granted.application_id])).content.decode()
        assert "Handbook of the agency" in text
        assert "UNDEFINED" not in text


def test_trace_page_of_an_audited_case_leads_to_its_audit_and_finding(client: Client) -> None:
    finding = audits.finding("issued")
    case = finding.audit.application
    for person in (agencies.signatory(case.agency), finding.audit.lead.person):
        client.force_login(person)
        text = client.get(reverse("desks:trace", args=[case.pk])).content.decode()
        assert reverse("reports:audit", args=[finding.audit_id]) in text
        assert finding.title in text
        assert "UNDEFINED" not in text
