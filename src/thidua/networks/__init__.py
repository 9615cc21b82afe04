"""Networks of the domain as networkx graphs: who awarded whom, who is under whom, who shares what."""
