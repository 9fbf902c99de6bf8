"""What integration and end-to-end tests share: the running chat, and a client of its protocol."""
