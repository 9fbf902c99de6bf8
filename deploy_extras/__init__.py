"""Deployment to AWS: what Chalice does not create, and a checked package of the functions."""
