"""The sample Social Registry does what the real one does, and what its dials say."""
