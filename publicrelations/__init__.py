"""Agenda, news, journal, press, foreign documents (กลุ่มประชาสัมพันธ์): a room reserved, empty yet."""
