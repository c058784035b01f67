"""The model as files to take away: SKOS in JSON-LD, a table in CSV, a document in PDF."""
