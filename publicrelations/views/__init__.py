"""The pages of public relations, one module for each noun."""
