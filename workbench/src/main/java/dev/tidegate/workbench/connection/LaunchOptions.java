package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment say.
 *
 * @param home the home of a server on this machine, where its key and its address are found
 * @param authorities PEM file with whom to trust at servers with TLS
 * @param certificate for servers that ask for one
 */
public record LaunchOptions(
        Optional<ServerAddress> server,
        Path home,
        Optional<Path> authorities,
        Optional<ClientCertificate> certificate,
        Optional<Theme> theme,
        Optional<Place> place) {
    public static final String USAGE =
            """
            tidegate-workbench [--server HOST:PORT] [--home DIR] [--tls-ca FILE] [--tls-cert FILE --tls-key FILE]
                               [--theme dark|light] [--open LINK]

              --server HOST:PORT   whom to watch; else TIDEGATE_SERVER, else the server of the home,
                                   else 127.0.0.1:8001
              --home DIR           where a server on this machine left its key and its ports;
                                   else TIDEGATE_HOME, else ~/.tidegate
              --tls-ca FILE        PEM certificates to trust at servers with TLS; else TIDEGATE_TLS_CA;
                                   not needed for a server on this machine
              --tls-cert FILE      certificate of this client, PEM, for a server that asks for one
              --tls-key FILE       key of that certificate, PEM, PKCS #8
              --theme dark|light   else as last time
              --open LINK          a place, as the button beside the title copies it
              TIDEGATE_TOKEN       the key to present; else the admin key in the home\
            """;

    private static final Set<String> NAMES =
            Set.of(
                    "--server",
                    "--home",
                    "--tls-ca",
                    "--tls-cert",
                    "--tls-key",
                    "--theme",
                    "--open");

    /**
     * Reads {@code --server HOST:PORT}, {@code --home DIR}, {@code --theme dark|light} and {@code
     * --open LINK}, also with {@code =}.
     */
    public static LaunchOptions parse(
            List<String> arguments, Map<String, String> environment, Path userHome) {
        Map<String, String> named = named(arguments);
        Optional<String> server = first(named.get("--server"), environment.get("TIDEGATE_SERVER"));
        Path home =
                first(named.get("--home"), environment.get("TIDEGATE_HOME"))
                        .map(Path::of)
                        .orElse(userHome.resolve(".tidegate"));
        return new LaunchOptions(
                server.map(ServerAddress::parse),
                home,
                first(named.get("--tls-ca"), environment.get("TIDEGATE_TLS_CA"))
                        .map(file -> readable("--tls-ca", file)),
                certificate(
                        Optional.ofNullable(named.get("--tls-cert")),
                        Optional.ofNullable(named.get("--tls-key"))),
                Optional.ofNullable(named.get("--theme")).map(LaunchOptions::theme),
                Optional.ofNullable(named.get("--open")).map(LaunchOptions::place));
    }

    private static Optional<String> first(@Nullable String one, @Nullable String other) {
        return Optional.ofNullable(one)
                .or(() -> Optional.ofNullable(other))
                .filter(value -> !value.isBlank());
    }

    private static Optional<ClientCertificate> certificate(
            Optional<String> certificate, Optional<String> key) {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(
                    "Expected --tls-cert and --tls-key together, got one of them");
        }
        return certificate.map(
                file ->
                        new ClientCertificate(
                                readable("--tls-cert", file),
                                readable("--tls-key", key.orElseThrow())));
    }

    private static Path readable(String option, String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    "Expected " + option + " with a file that can be read, got '" + file + "'");
        }
        return path;
    }

    private static Theme theme(String name) {
        return Theme.named(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected --theme dark or light, got '" + name + "'"));
    }

    private static Place place(String link) {
        return Place.of(link)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected --open with a link such as "
                                                + new Place.Overview().link()
                                                + ", got '"
                                                + link
                                                + "'"));
    }

    private static Map<String, String> named(List<String> arguments) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "Expected --server, --home, --tls-ca, --tls-cert, --tls-key, --theme or --open, got '"
                                + argument
                                + "'");
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new IllegalArgumentException("Expected a value after " + name);
            }
            named.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
        }
        return named;
    }
}
