"""Open data: monthly figures of every room without personal data, published when a month is over."""
