"""What an LMS cannot do through its adapter, done by a person who attaches the proof."""
