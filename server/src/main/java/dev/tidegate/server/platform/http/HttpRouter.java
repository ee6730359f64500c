package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.core.order.OrderUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Finds what answers a call. */
@Singleton
public final class HttpRouter {
    private final List<HttpRoute> routes;
    private final List<List<String>> templates;
    private final List<HttpGuard> guards;
    private final ExecutorService waiting =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-wait-", 0).factory());

    HttpRouter(List<HttpService> services, List<HttpGuard> guards) {
        this.routes = services.stream().flatMap(service -> service.routes().stream()).toList();
        this.templates = routes.stream().map(HttpRoute::segments).toList();
        this.guards = new ArrayList<>(guards);
        OrderUtil.sort(this.guards);
    }

    /** Returns every route of the port. */
    public List<HttpRoute> routes() {
        return routes;
    }

    /** Answers the call, now or later. */
    void dispatch(HttpCall call) {
        try {
            List<String> path = path(call.uri());
            Map<String, String> variables = new HashMap<>();
            HttpRoute route = find(call, path, variables);
            if (route != null) {
                call.bind(variables, waiting);
                guards.forEach(guard -> guard.check(route, call));
                run(route, call);
            }
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
    }

    private void run(HttpRoute route, HttpCall call) {
        if (route.waits()) {
            call.later(() -> route.handler().handle(call));
        } else {
            route.handler().handle(call);
        }
    }

    private @org.jspecify.annotations.Nullable HttpRoute find(
            HttpCall call, List<String> path, Map<String, String> variables) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            if (matches(templates.get(i), path)) {
                if (routes.get(i).answers(call.method())) {
                    bind(templates.get(i), path, variables);
                    return routes.get(i);
                }
                others.add(routes.get(i).method());
            }
        }
        if (others.isEmpty()) {
            throw TidegateException.notFound(
                    "nothing is at '%s'".formatted(Excerpt.of(call.uri())));
        }
        String allowed = others.stream().distinct().collect(Collectors.joining(", "));
        call.answer(
                FailureReply.of(
                        405,
                        "method %s came, expected %s".formatted(call.method(), allowed),
                        Map.of("allow", allowed)));
        return null;
    }

    private static boolean matches(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!isVariable(template.get(i)) && !template.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static void bind(
            List<String> template, List<String> path, Map<String, String> variables) {
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (isVariable(part)) {
                variables.put(part.substring(1, part.length() - 1), decoded(path.get(i)));
            }
        }
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    private static List<String> path(String uri) {
        int end = uri.indexOf('?');
        String path = end < 0 ? uri : uri.substring(0, end);
        if (!path.startsWith("/")) {
            throw TidegateException.invalid(
                    "path '%s' came, expected one that begins with /".formatted(Excerpt.of(path)));
        }
        return split(path);
    }

    private static List<String> split(String path) {
        List<String> parts = new ArrayList<>(8);
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            parts.add(path.substring(from, slash));
            from = slash + 1;
        }
        if (from < path.length() || parts.isEmpty()) {
            parts.add(path.substring(from));
        }
        return parts;
    }

    private static String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return QueryStringDecoder.decodeComponent(part.replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid(
                    "path has '%s', expected percent-encoded UTF-8".formatted(Excerpt.of(part)));
        }
    }

    void close() {
        waiting.shutdown();
    }
}
