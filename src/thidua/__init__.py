"""thidua: a knowledge graph of Vietnam's emulation-and-commendation system, and the tool around it."""

__version__ = "0.1.0"
