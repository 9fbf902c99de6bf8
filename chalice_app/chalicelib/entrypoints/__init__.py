"""What Lambda calls: events in, answers out; no rule of the chat lives here."""
