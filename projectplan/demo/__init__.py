"""A believable office made up by `manage.py demo`: people, petitions and what has come of them."""
