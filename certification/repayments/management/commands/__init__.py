"""Commands of repayments."""
