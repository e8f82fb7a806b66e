"""Meetings, interpellations, motions, bills and consultations: what the politics subgroup carries (กลุ่มการเมือง)."""
