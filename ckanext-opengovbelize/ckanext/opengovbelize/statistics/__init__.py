"""From people to published figures: cells, the equations between them, earlier releases, what may be shown."""
