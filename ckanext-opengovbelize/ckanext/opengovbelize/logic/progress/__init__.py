"""Progress reports: who may make them, and that nothing else does."""
