"""The parts of loading a catalogue. Only ``load_catalogue`` calls them, inside its transaction."""
