"""Repositories on the two DynamoDB tables."""
