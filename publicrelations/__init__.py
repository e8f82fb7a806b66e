"""Agenda, news and the public site, journal, press, foreign documents (กลุ่มประชาสัมพันธ์)."""
