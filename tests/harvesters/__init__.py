"""Sources through the real queue."""
