"""Participant statistics: reading releases, settings of a program, what nobody may change by hand."""
