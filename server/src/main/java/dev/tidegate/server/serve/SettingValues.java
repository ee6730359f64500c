package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses values that no setting can have, at the start and by name. */
final class SettingValues {
    private SettingValues() {}

    /**
     * Checks every setting that is set, wherever it was.
     *
     * @throws TidegateException that names the first setting with a wrong value
     */
    static void check(ApplicationContext context) {
        Map<String, Argument<?>> types = KnownSettings.types(context);
        types.forEach((key, type) -> requireType(context, key, type));
        KnownSettings.definitions(context).forEach(settings -> requireValid(context, settings));
    }

    private static void requireType(ApplicationContext context, String key, Argument<?> type) {
        context.getProperty(key, String.class)
                .filter(value -> !converts(context, value, type))
                .ifPresent(
                        value -> {
                            throw TidegateException.invalid(
                                    "setting '%s' is '%s', expected %s"
                                            .formatted(key, value, expected(type)));
                        });
    }

    /** Micronaut takes any word for false, and an empty one for the default. */
    private static boolean converts(ApplicationContext context, String value, Argument<?> type) {
        return switch (type.getType().getSimpleName()) {
            case "boolean", "Boolean" -> value.equals("true") || value.equals("false");
            case "String" -> true;
            default ->
                    !value.isEmpty()
                            && context.getConversionService()
                                    .convert(value, ConversionContext.of(type))
                                    .isPresent();
        };
    }

    private static String expected(Argument<?> type) {
        Object[] constants = type.getType().getEnumConstants();
        if (constants != null) {
            return Arrays.stream(constants)
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(" or "));
        }
        return switch (type.getType().getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a time such as 250ms, 5s or 48h";
            default -> "a " + type.getType().getSimpleName();
        };
    }

    private static void requireValid(ApplicationContext context, BeanDefinition<?> settings) {
        try {
            context.getBean(settings);
        } catch (BeanInstantiationException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? refused(wrong) : e;
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static TidegateException refused(IllegalArgumentException wrong) {
        return TidegateException.invalid(String.valueOf(wrong.getMessage()));
    }
}
