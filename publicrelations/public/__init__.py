"""What everybody may read without an account: news, the journal, press conferences, and how to reach the minister."""
