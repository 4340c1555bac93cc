"""Tables within documents, turned into lines: one module for each kind of table.

``expanding.expand`` is what others call.
"""
