"""Petitions (เรื่องราวร้องทุกข์): intake, path, referrals, follow-up, and their monthly and annual reports."""
