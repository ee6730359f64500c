package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuses settings that no feature reads, so that a typo is met at the start. */
final class KnownSettings {
    /** What the programs and their launchers read beside the settings. */
    private static final Set<String> PROGRAM =
            new TreeSet<>(
                    Set.of(
                            "TIDEGATE_HOME",
                            "TIDEGATE_SERVER",
                            "TIDEGATE_TOKEN",
                            "TIDEGATE_TLS_CA",
                            "TIDEGATE_JAVA_HOME",
                            "TIDEGATE_JAVA_OPTS",
                            "TIDEGATE_WORKBENCH"));

    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "TIDEGATE_(.+_)?(SERVICE_(HOST|PORT.*)|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private KnownSettings() {}

    static void check(ApplicationContext context, Collection<String> keys) {
        Set<String> known = known(context);
        for (String key : keys) {
            if (!known.contains(key)) {
                throw TidegateException.invalid(
                        "setting '" + key + "' is unknown; expected one of " + known);
            }
        }
    }

    /** Refuses variables of the environment that look like settings and are none. */
    static void checkEnvironment(ApplicationContext context, Map<String, String> environment) {
        Set<String> known =
                known(context).stream()
                        .map(KnownSettings::variable)
                        .collect(Collectors.toCollection(TreeSet::new));
        new TreeMap<>(environment)
                .forEach(
                        (name, value) -> {
                            if (name.startsWith("TIDEGATE_")
                                    && !known.contains(name)
                                    && !PROGRAM.contains(name)
                                    && !isServiceLink(name, value)) {
                                throw TidegateException.invalid(
                                        "environment variable '%s' sets nothing; expected one of %s, or %s"
                                                .formatted(name, known, PROGRAM));
                            }
                        });
    }

    /** Kubernetes tells a container of a service named tidegate by such variables. */
    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches() || value.matches("(tcp|udp|sctp)://.*");
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Set<String> known(ApplicationContext context) {
        return types(context).keySet();
    }

    /** Returns every setting and the type of its value. */
    static SortedMap<String, Argument<?>> types(ApplicationContext context) {
        SortedMap<String, Argument<?>> types = new TreeMap<>();
        for (BeanDefinition<?> definition : definitions(context)) {
            for (Argument<?> argument : definition.getConstructor().getArguments()) {
                String name = NameUtils.hyphenate(argument.getName());
                types.put(prefix(definition) + "." + name, argument);
            }
        }
        return types;
    }

    /** Returns the features' settings. */
    static List<BeanDefinition<?>> definitions(ApplicationContext context) {
        List<BeanDefinition<?>> definitions = new ArrayList<>();
        for (BeanDefinition<Object> definition :
                context.getBeanDefinitions(
                        Object.class, Qualifiers.byStereotype(ConfigurationReader.class))) {
            if (prefix(definition).startsWith("tidegate.")) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private static String prefix(BeanDefinition<?> definition) {
        return definition
                .stringValue(ConfigurationReader.class, ConfigurationReader.PREFIX)
                .orElse("");
    }
}
