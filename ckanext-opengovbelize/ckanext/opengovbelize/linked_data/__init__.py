"""The program's datasets as linked data."""
