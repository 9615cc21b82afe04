"""From a press text to a checked source graph: text → document → mentions → clauses → fact sheet → graph."""
