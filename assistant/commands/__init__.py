"""What each command of `gongmun` does; imported when the command is used."""
