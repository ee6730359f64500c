package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.core.order.OrderUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds what answers a call. */
@Singleton
public final class HttpRouter {
    private final List<HttpRoute> routes;
    private final List<List<String>> templates;
    private final List<HttpGuard> guards;
    private final ExecutorService waiting =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-wait-", 0).factory());

    HttpRouter(List<HttpService> services, List<HttpGuard> guards) {
        this.routes =
                services.stream()
                        .flatMap(service -> service.routes().stream())
                        .sorted(Comparator.comparingLong(HttpRouter::variables))
                        .toList();
        this.templates = routes.stream().map(HttpRoute::segments).toList();
        this.guards = new ArrayList<>(guards);
        OrderUtil.sort(this.guards);
    }

    /** Returns how many: a path that is named whole goes before one that is named by a pattern. */
    private static long variables(HttpRoute route) {
        return route.segments().stream().filter(HttpRouter::isVariable).count();
    }

    /** Returns every route of the port. */
    public List<HttpRoute> routes() {
        return routes;
    }

    /** Returns what answers the request; throws when nothing does, or a guard is against it. */
    Admitted admit(HttpHead head) {
        Admitted admitted = find(head, split(head.path()));
        guards.forEach(guard -> guard.check(admitted.route(), head));
        return admitted;
    }

    /** Returns the methods that the path answers. */
    List<String> methods(HttpHead head) {
        List<String> path = split(head.path());
        return IntStream.range(0, routes.size())
                .filter(i -> matches(templates.get(i), path))
                .mapToObj(i -> routes.get(i).method())
                .distinct()
                .toList();
    }

    HttpCall call(HttpConnection connection, Incoming.Received request) {
        return new HttpCall(connection, request, waiting);
    }

    /** Answers the call, now or later. */
    void dispatch(HttpCall call) {
        Runnable work = () -> call.route().handler().handle(call);
        if (call.route().waits()) {
            call.later(work);
        } else {
            call.guarded(work).run();
        }
    }

    private Admitted find(HttpHead head, List<String> path) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            if (matches(templates.get(i), path)) {
                if (routes.get(i).answers(head.method())) {
                    return new Admitted(routes.get(i), bind(templates.get(i), path));
                }
                others.add(routes.get(i).method());
            }
        }
        if (others.isEmpty()) {
            throw TidegateException.notFound(
                    "nothing is at '%s'".formatted(Excerpt.of(head.uri())));
        }
        throw new MethodRefusedException(
                head.method(), others.stream().distinct().collect(Collectors.joining(", ")));
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

    private static Map<String, String> bind(List<String> template, List<String> path) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (isVariable(part)) {
                variables.put(part.substring(1, part.length() - 1), decoded(path.get(i)));
            }
        }
        return variables;
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
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
