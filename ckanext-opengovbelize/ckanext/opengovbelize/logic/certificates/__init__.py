"""Certificates: who has earned one, issuing, revoking, checking, and the keys of a program."""
