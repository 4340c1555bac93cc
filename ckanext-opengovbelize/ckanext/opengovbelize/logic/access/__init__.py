"""Who may see the harvest sources."""
