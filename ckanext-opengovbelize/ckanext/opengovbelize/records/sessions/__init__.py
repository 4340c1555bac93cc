"""Tables of sessions, speakers and links: sheets to ``SessionRecord``."""
