"""Pages of due diligence."""
