package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerChoice;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How the window gets to another server.
 *
 * @param known servers that were looked at before, newest first
 * @param choice the server with the key that is found for it by itself
 * @param connect leaves the present server for the chosen one
 */
public record ServerSwitch(
        List<ServerAddress> known,
        Function<ServerAddress, ServerChoice> choice,
        Consumer<ServerChoice> connect) {
    public ServerSwitch {
        known = List.copyOf(known);
    }
}
