"""Long work: a row per job, so that the queue is transport only."""
