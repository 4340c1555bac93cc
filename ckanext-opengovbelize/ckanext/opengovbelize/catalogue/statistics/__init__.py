"""Participant statistics in the catalogue: releases, publishing, the DataStore, figures for pages."""
