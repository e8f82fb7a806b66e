"""What is typed about the business of parliament."""
