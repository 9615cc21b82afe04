"""Tables that a spreadsheet, a DataFrame or a database reads, and from which every statement can be rebuilt."""
