"""CKAN's side of the border: matching, comparing and publishing drafts."""
