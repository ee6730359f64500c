package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

/** Puts events into a journal and reads them back. */
public final class ReadBack {
    private ReadBack() {}

    /** Waits while the supply of segments is a moment behind, then appends: none is lost. */
    public static void append(Journal journal, ArmEvent event) {
        if (journal.ahead() == 0) {
            await().until(() -> journal.ahead() > 0);
        }
        assertThat(journal.append(event)).isTrue();
    }

    public static List<ArmEvent> all(JournalReader reader) {
        List<ArmEvent> events = new ArrayList<>();
        reader.read(JournalOffset.START, JournalBudget.ALL, record -> events.add(record.event()));
        return events;
    }
}
