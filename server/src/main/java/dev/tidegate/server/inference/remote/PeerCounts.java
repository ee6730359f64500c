package dev.tidegate.server.inference.remote;

/** How the requests to one server ended. */
record PeerCounts(long answered, long failed, long cancelled) {}
