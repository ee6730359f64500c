package dev.tidegate.server.platform.grpc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The gRPC listener.
 *
 * @param bind address to listen on; anything but loopback needs {@code insecure} until TLS is set
 * @param grpcPort port, 0 for a free one
 * @param insecure permits to listen beyond loopback without TLS
 * @param maxMessageBytes largest message that is accepted
 * @param grace how long calls may take to finish at a shutdown
 */
@ConfigurationProperties("tidegate.edge")
public record EdgeConfig(
        @Bindable(defaultValue = "127.0.0.1") String bind,
        @Bindable(defaultValue = "8001") int grpcPort,
        @Bindable(defaultValue = "false") boolean insecure,
        @Bindable(defaultValue = "67108864") int maxMessageBytes,
        @Bindable(defaultValue = "15s") Duration grace) {}
