"""Taking a person's text out of the portal, and keeping it out."""
