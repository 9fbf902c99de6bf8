"""The wire: frames of clients become commands; events, answers and errors become JSON."""
