"""An office's day as load: who comes, what each opens, how long each thinks. `script/proof load` runs it."""
