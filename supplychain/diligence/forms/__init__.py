"""Forms of due diligence."""
