"""Fixtures of this folder."""

from tests.certificates.portal import keys_folder, portal

__all__ = ["keys_folder", "portal"]
