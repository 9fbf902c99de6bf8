"""Amazon API Gateway on one machine: a WebSocket API with ``@connections``, a REST API, the static site."""
