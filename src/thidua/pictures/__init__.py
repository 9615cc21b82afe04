"""Pictures for print and screen: networks, a timeline, a chart; each says what it asks, of which data, and what it leaves out."""
