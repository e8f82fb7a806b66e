"""What a demo's parliament consists of and brings: houses, meetings, questions, bills, consultations."""
