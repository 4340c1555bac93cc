"""Looking at a source before it is one."""
