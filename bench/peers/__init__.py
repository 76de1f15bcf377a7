"""What is measured, one module each; every HTTP server is a `bench.peer.Peer`."""
