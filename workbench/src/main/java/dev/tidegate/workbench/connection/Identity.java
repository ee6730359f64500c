package dev.tidegate.workbench.connection;

import java.util.List;

/** Who the server says we are. */
public record Identity(String name, List<String> roles) {
    public Identity {
        roles = List.copyOf(roles);
    }

    /** The first letters of the first two words of the name, in capitals. */
    public String initials() {
        return Initials.of(name);
    }
}
