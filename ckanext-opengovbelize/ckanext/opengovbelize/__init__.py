"""An open government program publishes itself: webinars, commitments and participant statistics in CKAN."""
