"""What the pages of public relations ask people for, one module for each noun."""
