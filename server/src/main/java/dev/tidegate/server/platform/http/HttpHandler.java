package dev.tidegate.server.platform.http;

/** Answers a call, now or later; what it throws is told to the client. */
@FunctionalInterface
public interface HttpHandler {
    void handle(HttpCall call);
}
