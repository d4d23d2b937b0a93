"""What does the auditor see and write? Doubts that the data show, samples with a seed, and an own register."""
