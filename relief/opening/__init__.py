"""How does an office start in the middle of a year? What was paid before is on file, counts, and is never paid."""
