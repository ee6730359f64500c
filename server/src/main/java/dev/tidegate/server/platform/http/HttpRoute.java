package dev.tidegate.server.platform.http;

import java.util.List;

/**
 * What answers a method on a path.
 *
 * @param method such as {@code GET}; a route for it also answers HEAD
 * @param template the path, as OpenAPI writes it: {@code /v2/models/{model}/infer}
 * @param waits whether the handler may wait, and so runs on a thread of its own
 */
public record HttpRoute(String method, String template, boolean waits, HttpHandler handler) {

    /** Returns a route whose handler never waits: it runs on the transport's thread. */
    public static HttpRoute prompt(String method, String template, HttpHandler handler) {
        return new HttpRoute(method, template, false, handler);
    }

    /** Returns a route whose handler may wait. */
    public static HttpRoute waiting(String method, String template, HttpHandler handler) {
        return new HttpRoute(method, template, true, handler);
    }

    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    /** Returns the parts of the template between its slashes. */
    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
