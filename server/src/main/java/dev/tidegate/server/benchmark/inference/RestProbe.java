package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;

/**
 * Asks a server over HTTP once, to see that it answers and what.
 *
 * @param target where and what to ask
 */
record RestProbe(Target.Rest target) {

    /** Returns the answer's body; refuses any status but 200. */
    byte[] answer() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + target.port() + target.path())
                                .toURL()
                                .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        for (String header : target.headers()) {
            int colon = header.indexOf(": ");
            connection.setRequestProperty(header.substring(0, colon), header.substring(colon + 2));
        }
        try (OutputStream body = connection.getOutputStream()) {
            Files.copy(target.body(), body);
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException(
                    "%s answered %d, expected 200"
                            .formatted(target.path(), connection.getResponseCode()));
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
