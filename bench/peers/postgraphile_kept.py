"""PostGraphile with connections that keep their actor: what its manual leaves to an adaptor of one's own."""

from bench.peers.postgraphile import PostGraphileKeepingActors

peer = PostGraphileKeepingActors()
