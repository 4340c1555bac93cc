"""Disclosure control of counts: which cells must be hidden, and what an attacker can work out nevertheless."""
