package dev.tidegate.server.benchmark.inference;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.List;

/** Where a load goes, on this machine. */
sealed interface Target {
    int port();

    /** Returns what is sent beside what the protocol needs, each as {@code name: value}. */
    List<String> headers();

    /** ModelInfer over gRPC, with the one message of the benchmark. */
    record Grpc(int port, List<String> headers) implements Target {
        public Grpc {
            headers = List.copyOf(headers);
        }

        /** Returns what puts the headers on each call of a channel. */
        ClientInterceptor attached() {
            Metadata metadata = new Metadata();
            for (String header : headers) {
                int colon = header.indexOf(": ");
                metadata.put(
                        Metadata.Key.of(
                                header.substring(0, colon), Metadata.ASCII_STRING_MARSHALLER),
                        header.substring(colon + 2));
            }
            return MetadataUtils.newAttachHeadersInterceptor(metadata);
        }
    }

    /**
     * A POST over HTTP/1.1.
     *
     * @param body file with what is sent
     */
    record Rest(int port, String path, Path body, List<String> headers) implements Target {
        public Rest {
            headers = List.copyOf(headers);
        }
    }
}
