"""The open book as pictures: SVG that a page embeds, drawn for whoever asks, from what they may read."""
