"""The plan of a fiscal year, its indicators, and what stands above the three subgroups: rounds, demo, benchmark."""
