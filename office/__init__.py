"""What every room of the office shares: people, matters, deadlines, calendar, paper, search, notices."""
