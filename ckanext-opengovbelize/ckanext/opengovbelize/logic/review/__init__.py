"""Questions that wait for an editor."""
