package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The listeners.
 *
 * @param bind address to listen on; anything but loopback needs TLS or {@code insecure}
 * @param httpPort port of HTTP, 0 for a free one
 * @param grpcPort port of gRPC, 0 for a free one
 * @param managementPort port of health and metrics, 0 for a free one
 * @param managementBind address of the management port, which has neither TLS nor keys; without it
 *     that of {@code bind}, but loopback when that one is open only because of TLS
 * @param insecure permits to listen beyond loopback without TLS
 * @param maxMessageBytes largest message that is accepted
 * @param grace how long calls may take to finish at a shutdown
 */
@ConfigurationProperties("tidegate.edge")
public record EdgeConfig(
        @Bindable(defaultValue = "127.0.0.1") String bind,
        @Bindable(defaultValue = "8000") int httpPort,
        @Bindable(defaultValue = "8001") int grpcPort,
        @Bindable(defaultValue = "8002") int managementPort,
        @Nullable String managementBind,
        @Bindable(defaultValue = "false") boolean insecure,
        @Bindable(defaultValue = "67108864") int maxMessageBytes,
        @Bindable(defaultValue = "15s") Duration grace) {

    /** Refuses to listen beyond loopback without TLS unless told so. */
    public void checkBind(boolean tls) {
        if (!isLoopback() && !tls && !insecure) {
            throw TidegateException.invalid(
                    "refusing to listen on '"
                            + bind
                            + "' without TLS; give --tls-cert and --tls-key, bind to 127.0.0.1,"
                            + " or say --insecure if you mean it");
        }
    }

    /** Returns whether only this machine reaches the server. */
    public boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    /** Returns where the management port listens. */
    public String managementAddress() {
        if (managementBind != null) {
            return managementBind;
        }
        return isLoopback() || insecure ? bind : "127.0.0.1";
    }

    InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw TidegateException.invalid(
                    "--bind '" + bind + "' is not an address: " + e.getMessage());
        }
    }
}
