"""How does Relief speak with a browser? Forms, errors, words, figures, lists; no rule and no query."""
