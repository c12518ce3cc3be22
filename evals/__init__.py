"""How good and how fast Gongmun is."""
