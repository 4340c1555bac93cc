"""Where the fields of a dataset come from, and lifting editors' locks."""
