"""Run any Chalice application with REST routes and WebSocket handlers on one machine.

``python -m local --app DIR --port N`` serves it; :mod:`local.testing` starts it from a test.
Nothing in this package knows what the application does.
"""
