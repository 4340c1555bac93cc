"""Validators, actions and rights about the fields of the schemas."""
