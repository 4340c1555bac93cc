"""The set-up and its commands."""
