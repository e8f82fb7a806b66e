"""What a demo's public relations bring: foreign documents, situation briefs, press conferences."""
