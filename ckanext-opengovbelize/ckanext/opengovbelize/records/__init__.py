"""Reading session records: bytes in, typed records and problems out. Imports nothing of CKAN."""
