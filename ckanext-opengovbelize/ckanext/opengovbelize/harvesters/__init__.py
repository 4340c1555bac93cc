"""Thin ckanext-harvest adapters."""
