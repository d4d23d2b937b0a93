"""How do hundreds of households move as one? One meeting, one notice, one submission, one decision for a list."""
