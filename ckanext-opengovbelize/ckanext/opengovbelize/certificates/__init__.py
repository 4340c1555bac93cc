"""Certificates of attendance: who has earned one, the signed text that proves it, the keys, the paper.

Nothing here is written but keys: names and certificates live as long as one request.
"""
