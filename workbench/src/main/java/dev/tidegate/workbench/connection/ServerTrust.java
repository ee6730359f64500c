package dev.tidegate.workbench.connection;

import io.grpc.ChannelCredentials;
import java.util.Optional;

/**
 * By what a server with TLS is known.
 *
 * @param credentials for the channel
 * @param authority name that its certificate has, where that is not the address
 */
public record ServerTrust(ChannelCredentials credentials, Optional<String> authority) {}
