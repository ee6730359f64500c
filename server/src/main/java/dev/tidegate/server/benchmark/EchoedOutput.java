package dev.tidegate.server.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is written to it and shows it at once. */
final class EchoedOutput extends ByteArrayOutputStream {
    private final PrintStream shown;

    EchoedOutput(PrintStream shown) {
        this.shown = shown;
    }

    PrintStream printer() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int value) {
        super.write(value);
        shown.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        shown.write(bytes, offset, length);
        shown.flush();
    }

    /** Returns what was written, as a Markdown block. */
    String block() {
        return "```\n" + toString(StandardCharsets.UTF_8) + "```\n";
    }
}
