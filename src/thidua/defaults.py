"""What a user gets without asking, and the names of forms: known without loading the engine."""

from __future__ import annotations

from pathlib import Path

STORE = Path(".thidua/store")
DATA_FOLDER = Path("graph-local")  # of `thidua ingest`
TIMEOUT = 60.0  # seconds a question or query may take
VALIDATE_TIMEOUT = 600.0  # seconds a validation may take
MEMORY = 4096  # megabytes of address space it may take

ANSWER_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "parquet")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")
# Forms of `thidua export`, each with the module of thidua.exports that writes it.
EXPORT_FORMS = {
    **dict.fromkeys(("turtle", "trig", "nquads", "ntriples", "rdfxml"), "rdf"),
    "jsonld": "jsonld",
    **dict.fromkeys(("tables", "parquet", "datapackage"), "tables.forms"),
    "ftm": "ftm",
    "dcat": "dcat",
    **dict.fromkeys(("graphml", "gexf"), "property_graph"),
    "rocrate": "rocrate",
}
NETWORKS = ("awards", "hierarchy", "campaigns", "people", "reforms")
NETWORK_FORMS = ("graphml", "gexf", "json", "svg", "png")
PICTURES = ("network", "timeline", "chart")
PICTURE_FORMS = ("svg", "png")
PICTURE_SIZES = ("small", "large")
NETWORK_TIMEOUT = 300.0  # seconds a network with its measures, or a picture, may take
