package dev.tidegate.server;

import dev.tidegate.server.cli.TidegateCommand;

/** Entry point of the program {@code tidegate}. */
public final class Tidegate {
    private Tidegate() {}

    public static void main(String[] args) {
        System.exit(TidegateCommand.run(args));
    }
}
