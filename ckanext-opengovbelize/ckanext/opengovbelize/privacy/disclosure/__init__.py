"""Disclosure control of counts: which must be withheld, and the auditor who checks what can be worked out."""
