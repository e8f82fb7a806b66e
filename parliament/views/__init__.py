"""The pages of the politics subgroup."""
