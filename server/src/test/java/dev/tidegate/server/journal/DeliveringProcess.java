package dev.tidegate.server.journal;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.StorageLocation;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.order.OrderUtil;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server without an edge: appends from two threads and delivers, until it is killed. */
final class DeliveringProcess {
    private DeliveringProcess() {}

    public static void main(String[] arguments) {
        ApplicationContext context =
                start(
                        Path.of(arguments[0]),
                        new StorageLocation(arguments[1], arguments[2], arguments[3]));
        Journal journal = context.getBean(Journal.class);
        PredictionIds ids = context.getBean(PredictionIds.class);
        for (int thread = 0; thread < 2; thread++) {
            Events events = new Events(thread, ids);
            Thread.ofPlatform().start(() -> appendForEver(journal, events));
        }
    }

    /** Starts everything but the edge. */
    static ApplicationContext start(Path home, StorageLocation database) {
        ApplicationContext context = TestContext.start(home, database, Map.of());
        List<Startup> steps = new ArrayList<>(context.getBeansOfType(Startup.class));
        OrderUtil.sort(steps);
        steps.forEach(Startup::start);
        return context;
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
