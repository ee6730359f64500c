package dev.tidegate.server.cli;

import dev.tidegate.server.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate key}: who may do what. */
@Command(
        name = "key",
        description = "Makes keys with roles, lists them, takes them back.",
        footer = {"", "Example:", "  tidegate key list"})
public final class KeyCommand {
    @Command(
            name = "create",
            description = "Makes a key and shows it, this once only.",
            footer = {
                "",
                "Example:",
                "  tidegate key create ada --role approver",
                "  tidegate key create shop --role inference --rate 500"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "Whose key it is.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            converter = RoleConverter.class,
                            paramLabel = "R",
                            description =
                                    "admin, engineer, approver, viewer or inference. Repeatable.")
                    List<Role> roles,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description =
                                    "Requests a second that the key may ask of models, on each replica (default: tidegate.identity.rate).")
                    @Nullable Double rate,
            @Option(
                            names = "--burst",
                            paramLabel = "N",
                            description =
                                    "Requests that may come at once after a pause (default: what one second allows).")
                    @Nullable Integer burst,
            @Mixin ServerOptions server) {
        return server.call(
                connection ->
                        new GrpcKeyGateway(connection)
                                .create(
                                        name,
                                        roles.stream().map(Role::label).toList(),
                                        rate == null ? 0 : rate,
                                        burst == null ? 0 : burst));
    }

    @Command(
            name = "list",
            description = "Lists the keys, without their secrets.",
            footer = {"", "Example:", "  tidegate key list --output json"})
    int list(@Mixin ServerOptions server) {
        return server.call(connection -> new GrpcKeyGateway(connection).list());
    }

    @Command(
            name = "revoke",
            description = "Takes a key back; it is refused from then on.",
            footer = {"", "Example:", "  tidegate key revoke 7f3a2c91"})
    int revoke(
            @Parameters(paramLabel = "ID", description = "The key's id.") String id,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcKeyGateway(connection).revoke(id));
    }
}
