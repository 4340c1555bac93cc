"""Deciding what may be published: screening of text and names. Imports nothing of CKAN."""
