"""Meetings, interpellations, motions, bills and consultations (กลุ่มการเมือง): a room reserved, empty yet."""
