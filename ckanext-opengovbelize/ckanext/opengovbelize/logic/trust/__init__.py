"""The order of trust among a program's sources."""
