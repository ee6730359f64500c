package dev.tidegate.workbench.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that gets its name only when it is whole. */
final class PartFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final OutputStream out;

    private PartFile(Path file, Path part) throws IOException {
        this.file = file;
        this.part = part;
        this.out = new BufferedOutputStream(Files.newOutputStream(part));
    }

    static PartFile beside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return new PartFile(file, Files.createTempFile(folder, ".tidegate-", ".part"));
    }

    OutputStream out() {
        return out;
    }

    /** Gives the file its name. */
    Path finish() throws IOException {
        out.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** Removes what is not whole. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }
}
