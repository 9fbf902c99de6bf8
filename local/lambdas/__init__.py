"""AWS Lambda on one machine: the official runtime client in worker processes behind a Runtime API."""
