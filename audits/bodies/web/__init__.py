"""Pages of audit firms, auditors and their independence."""
