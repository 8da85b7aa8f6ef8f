"""Who is told what: an inbox and e-mail."""
