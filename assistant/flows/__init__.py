"""One file for each thing a user asks for; flows never import each other."""
