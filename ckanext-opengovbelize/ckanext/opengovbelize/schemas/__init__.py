"""The dataset types in YAML: the one place for rules about fields."""
