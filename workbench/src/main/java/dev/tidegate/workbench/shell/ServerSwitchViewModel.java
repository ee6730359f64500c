package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerChoice;
import dev.tidegate.workbench.control.ActionState;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Takes an address and a key, and connects to them once the address is one. */
final class ServerSwitchViewModel {
    private final ServerSwitch servers;
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty key = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<ActionState> connect =
            new ReadOnlyObjectWrapper<>(ActionState.refused("Connect", "No address yet"));

    ServerSwitchViewModel(ServerSwitch servers) {
        this.servers = servers;
        address.subscribe(_ -> check());
    }

    /** Starts with this address and no key. */
    void open(String present) {
        key.set("");
        address.set(present);
    }

    private void check() {
        try {
            ServerAddress typed = ServerAddress.parse(address.get().strip());
            connect.set(ActionState.allowed("Connect to " + typed));
        } catch (IllegalArgumentException e) {
            connect.set(ActionState.refused("Connect", String.valueOf(e.getMessage())));
        }
    }

    /** Goes to the typed server; a key that was typed is taken before one that is found. */
    void connect() {
        if (connect.get().isEnabled()) {
            ServerChoice found = servers.choice().apply(ServerAddress.parse(address.get().strip()));
            Optional<String> typed =
                    Optional.of(key.get().strip()).filter(words -> !words.isEmpty());
            key.set("");
            servers.connect().accept(new ServerChoice(found.address(), typed.or(found::key)));
        }
    }

    List<ServerAddress> known() {
        return servers.known();
    }

    StringProperty addressProperty() {
        return address;
    }

    StringProperty keyProperty() {
        return key;
    }

    ReadOnlyObjectProperty<ActionState> connectProperty() {
        return connect.getReadOnlyProperty();
    }
}
