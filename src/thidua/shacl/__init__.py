"""SHACL: shapes compiled to set-based SPARQL that picks out suspects, and a judge that says what is wrong with each.

shapes.py      the shapes graph as plain objects           paths.py     property paths, as text and walked
data.py        the data graph: a store, lexical forms kept  literals.py  what a literal is and how it compares
filters.py     shape → SPARQL that misses no violation      judge.py     one node against one shape, exactly
queries.py     sh:sparql: in one run, node by node          reference.py pySHACL, for what is left
affected.py    which nodes a change can touch               engine.py    all of it, in order
"""
