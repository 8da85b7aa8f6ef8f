"""Pages of repayments."""
