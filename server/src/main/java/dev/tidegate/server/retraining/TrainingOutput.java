package dev.tidegate.server.retraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads what a training writes while it runs: progress as lines of JSON, and messages. */
final class TrainingOutput implements Runnable {
    private static final String PREFIX = "tidegate train: ";

    private final BufferedReader lines;
    private final Consumer<TrainingProgress> listener;
    private final ObjectMapper mapper = new ObjectMapper();
    private volatile String lastMessage = "it said nothing";

    TrainingOutput(BufferedReader lines, Consumer<TrainingProgress> listener) {
        this.lines = lines;
        this.listener = listener;
    }

    @Override
    public void run() {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                accept(line);
            }
        } catch (IOException e) {
            lastMessage = "its output broke off: " + e.getMessage();
        }
    }

    /** Returns the last line that was no progress: on failure, the reason. */
    String lastMessage() {
        return lastMessage;
    }

    private void accept(String line) {
        if (line.startsWith("{")) {
            progress(line);
        } else if (!line.isBlank()) {
            lastMessage = line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
        }
    }

    private void progress(String line) {
        try {
            listener.accept(mapper.readValue(line, TrainingProgress.class));
        } catch (JsonProcessingException e) {
            lastMessage = line;
        }
    }
}
