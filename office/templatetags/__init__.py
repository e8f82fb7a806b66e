"""What templates may say that Django does not."""
