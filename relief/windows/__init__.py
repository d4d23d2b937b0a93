"""When is a list kind open? Windows with the days of every step, counted back from the day in hand."""
