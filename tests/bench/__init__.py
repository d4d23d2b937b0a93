"""Which speeds do we promise, and against whom? One module per subject: `bench_<subject>.py` with `run(report)`."""
