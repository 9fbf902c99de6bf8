"""What tests and benches share: fakes, clients of the protocol, the running chat and emulators."""
