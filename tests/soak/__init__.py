"""Long rounds, run by hand."""
