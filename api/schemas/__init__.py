"""The shapes of HTTP bodies; the contract with the page and with other programs."""
