package dev.tidegate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidegate route}: which version answers. */
@Command(
        name = "route",
        description = "Shows which version of a model answers, and with which share.",
        footer = {"", "Example:", "  tidegate route show churn"})
public final class RouteCommand {
    @Command(
            name = "show",
            description = "Shows the route of a model.",
            footer = {"", "Example:", "  tidegate route show churn --output json"})
    int show(
            @Parameters(paramLabel = "MODEL", description = "The model's name.") String model,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcRouteGateway(connection).show(model));
    }
}
