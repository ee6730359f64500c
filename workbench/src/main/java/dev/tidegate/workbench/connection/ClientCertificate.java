package dev.tidegate.workbench.connection;

import java.nio.file.Path;

/**
 * What the workbench shows a server that asks who it is (mutual TLS).
 *
 * @param certificate PEM file, the certificate first
 * @param key PEM file, PKCS #8, not encrypted
 */
public record ClientCertificate(Path certificate, Path key) {}
