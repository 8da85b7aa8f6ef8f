"""Tests of repayments."""
