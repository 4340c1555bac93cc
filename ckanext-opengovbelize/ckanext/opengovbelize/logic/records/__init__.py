"""Records that a person sends: shown first, then published."""
