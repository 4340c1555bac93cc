"""Records that may tell of a session that is there already: what editors see and decide."""
