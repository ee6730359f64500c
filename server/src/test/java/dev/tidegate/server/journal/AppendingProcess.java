package dev.tidegate.server.journal;

import java.nio.file.Path;

/** A process that appends from four threads and prints each id once its append has returned. */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] arguments) {
        Journal journal =
                new Journal(Path.of(arguments[0]), new JournalConfig(1 << 17, 1 << 30, 1 << 10));
        for (int thread = 0; thread < 4; thread++) {
            Events events = new Events(thread);
            Thread.ofPlatform().start(() -> appendForEver(journal, events));
        }
    }

    private static void appendForEver(Journal journal, Events events) {
        while (true) {
            ArmEvent event = events.any();
            if (journal.append(event)) {
                System.out.println(event.predictionId());
            }
        }
    }
}
