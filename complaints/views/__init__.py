"""Pages of the petitions subgroup: register, one petition, its steps, intake, reports."""
