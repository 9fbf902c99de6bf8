"""Names that several of these tests share."""

BUCKET = "undertone-dev-models-123456789012"
