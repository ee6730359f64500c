package dev.tidegate.server.platform.http;

import java.util.Map;

/** A path is asked for by a method that it does not answer. */
final class MethodRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String allowed;

    /**
     * @param allowed the methods that the path answers
     */
    MethodRefusedException(String method, String allowed) {
        super("method %s came, expected %s".formatted(method, allowed));
        this.allowed = allowed;
    }

    HttpReply reply() {
        return FailureReply.of(405, String.valueOf(getMessage()), Map.of("allow", allowed));
    }
}
