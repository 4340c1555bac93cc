"""From attendance files to published figures: a preview that keeps nothing, and its publication."""
