"""Progress reports: who may report what, and when."""
