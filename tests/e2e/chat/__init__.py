"""Two people in two real browser windows, against the real stack."""
