"""Action plans and commitments: what their fields accept."""
