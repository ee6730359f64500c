package dev.tidegate.server.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In what a signature differs from the one that a version is registered with. */
final class SignatureChange {
    private SignatureChange() {}

    /** Returns the first difference in words, or empty; the order of things is none. */
    static Optional<String> between(ModelSignature there, ModelSignature here) {
        return named("input", there.inputs(), here.inputs(), TensorSpec::name)
                .or(() -> named("output", there.outputs(), here.outputs(), TensorSpec::name))
                .or(() -> named("column", there.columns(), here.columns(), Column::name));
    }

    private static <T> Optional<String> named(
            String what, List<T> there, List<T> here, Function<T, String> name) {
        Map<String, T> ours =
                there.stream()
                        .collect(
                                Collectors.toMap(
                                        name,
                                        Function.identity(),
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        for (T item : here) {
            T other = ours.remove(name.apply(item));
            if (!item.equals(other)) {
                return Optional.of(
                        "%s '%s' is %s there and %s here"
                                .formatted(
                                        what,
                                        name.apply(item),
                                        other == null ? "missing" : other,
                                        item));
            }
        }
        return ours.keySet().stream()
                .findFirst()
                .map(key -> "%s '%s' is missing here".formatted(what, key));
    }
}
