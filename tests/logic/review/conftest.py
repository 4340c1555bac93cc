"""Questions wait for webinars that were published from drafts, as in the tests of the catalogue."""

from tests.catalogue.conftest import editor, program, publish, source

__all__ = ["editor", "program", "publish", "source"]
