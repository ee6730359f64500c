package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Refuses settings that no feature reads, so that a typo is met at the start. */
final class KnownSettings {
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

    private static Set<String> known(ApplicationContext context) {
        Set<String> known = new TreeSet<>();
        for (BeanDefinition<Object> definition :
                context.getBeanDefinitions(
                        Object.class, Qualifiers.byStereotype(ConfigurationReader.class))) {
            definition
                    .stringValue(ConfigurationReader.class, ConfigurationReader.PREFIX)
                    .filter(prefix -> prefix.startsWith("tidegate."))
                    .ifPresent(
                            prefix ->
                                    Arrays.stream(definition.getConstructor().getArguments())
                                            .map(Argument::getName)
                                            .map(name -> prefix + "." + NameUtils.hyphenate(name))
                                            .forEach(known::add));
        }
        return known;
    }
}
