"""What a progress report must hold, when it may be made, and how a plan stands."""
