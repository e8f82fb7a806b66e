"""An office of its own to be hurt: its servers, the people who go on using it, the faults, and what must hold after."""
