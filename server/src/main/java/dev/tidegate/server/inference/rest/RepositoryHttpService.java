package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tidegate.server.audit.CallingKey;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.inference.ModelReportsProtoMapper;
import dev.tidegate.server.inference.RegistryLookups;
import dev.tidegate.server.inference.RepositoryProtoMapper;
import dev.tidegate.server.inference.ServedRepository;
import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpHandler;
import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import io.grpc.Context;
import jakarta.inject.Singleton;
import java.util.List;

/** Triton's repository, statistics and configuration over REST, with the content that gRPC has. */
@Singleton
final class RepositoryHttpService implements HttpService {
    private static final int OK = 200;

    private final JsonFactory factory = JsonForm.factory();
    private final RepositoryBodyProtoMapper bodies = new RepositoryBodyProtoMapper(factory);
    private final RepositoryProtoMapper entries = new RepositoryProtoMapper();
    private final ModelReportsProtoMapper reports;
    private final ServedRepository repository;
    private final RegistryLookups lookups;

    RepositoryHttpService(
            ModelReportsProtoMapper reports, ServedRepository repository, RegistryLookups lookups) {
        this.reports = reports;
        this.repository = repository;
        this.lookups = lookups;
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                lookup("POST", "/v2/repository/index", this::index),
                HttpRoute.waiting("POST", "/v2/repository/models/{model}/load", this::load),
                HttpRoute.waiting("POST", "/v2/repository/models/{model}/unload", this::unload),
                lookup("GET", "/v2/models/stats", this::statistics),
                lookup("GET", "/v2/models/{model}/stats", this::statistics),
                lookup("GET", "/v2/models/{model}/versions/{version}/stats", this::statistics),
                lookup("GET", "/v2/models/{model}/config", this::config),
                lookup("GET", "/v2/models/{model}/versions/{version}/config", this::config));
    }

    private HttpRoute lookup(String method, String path, HttpHandler handler) {
        return HttpRoute.prompt(
                method, path, call -> lookups.execute(call.guarded(() -> handler.handle(call))));
    }

    private void index(HttpCall call) {
        var index = reports.index(bodies.ready(call.body()));
        call.answer(
                JsonReply.of(factory, OK, json -> MessageJsonProtoMapper.writeAll(json, index)));
    }

    private void statistics(HttpCall call) {
        var statistics = reports.statistics(call.variable("model"), call.variable("version"));
        call.answer(
                JsonReply.of(factory, OK, json -> MessageJsonProtoMapper.write(json, statistics)));
    }

    private void config(HttpCall call) {
        var config = reports.config(call.variable("model"), call.variable("version"));
        call.answer(JsonReply.of(factory, OK, json -> MessageJsonProtoMapper.write(json, config)));
    }

    private void load(HttpCall call) {
        String version = entries.version(bodies.parameters(call.body()));
        Principal principal = principal(call);
        audited(principal, () -> repository.load(call.variable("model"), version, principal));
        call.answer(HttpReply.json(OK, "{}"));
    }

    private void unload(HttpCall call) {
        String version = entries.version(bodies.parameters(call.body()));
        Principal principal = principal(call);
        audited(principal, () -> repository.unload(call.variable("model"), version, principal));
        call.answer(HttpReply.json(OK, "{}"));
    }

    private static Principal principal(HttpCall call) {
        return call.caller(Principal.class)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "nobody was asked for a key: a guard is missing"));
    }

    private static void audited(Principal principal, Runnable command) {
        CallingKey.with(Context.current(), principal.id()).run(command);
    }
}
