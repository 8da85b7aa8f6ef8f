"""Audit firms and auditors, audits, findings and the reports that go to the scheme."""
