package dev.tidegate.server.journal;

import java.util.EnumMap;
import java.util.Map;

/** How far each reader's delivered offset is. */
final class ReaderPositions {
    // guarded by this
    private final Map<JournalReaderName, JournalOffset> passed =
            new EnumMap<>(JournalReaderName.class);

    ReaderPositions() {
        for (JournalReaderName name : JournalReaderName.values()) {
            passed.put(name, JournalOffset.START);
        }
    }

    synchronized JournalOffset passed(JournalReaderName reader) {
        return passed.getOrDefault(reader, JournalOffset.START);
    }

    /** Returns the number of the first segment that some reader still needs. */
    synchronized long moved(JournalReaderName reader, JournalOffset to) {
        passed.put(reader, to);
        return passed.values().stream().mapToLong(JournalOffset::segment).min().orElseThrow();
    }
}
