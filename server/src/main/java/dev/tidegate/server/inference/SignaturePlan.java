package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A signature, laid out so that a request is held against it in one pass. */
final class SignaturePlan {
    private final ModelSignature signature;
    private final List<InputPlan> inputs = new ArrayList<>();
    private final Map<String, InputPlan> byName = new HashMap<>();
    private final Map<String, Integer> outputs = new HashMap<>();
    private final int[] allOutputs;

    /** Whether every input leaves the number of its rows free. */
    private final boolean freeRows;

    /** Places of the inputs that hold columns: their rows belong together. */
    private final int[] tabular;

    SignaturePlan(ModelSignature signature) {
        this.signature = signature;
        List<TensorSpec> sorted =
                signature.inputs().stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
        for (TensorSpec spec : sorted) {
            InputPlan plan = new InputPlan(inputs.size(), spec, guards(signature, spec));
            inputs.add(plan);
            byName.put(spec.name(), plan);
        }
        signature.outputs().forEach(spec -> outputs.put(spec.name(), outputs.size()));
        allOutputs = IntStream.range(0, outputs.size()).toArray();
        tabular = tabular(signature, sorted);
        freeRows =
                !sorted.isEmpty()
                        && sorted.stream()
                                .allMatch(
                                        spec ->
                                                !spec.shape().isEmpty()
                                                        && spec.shape().getFirst() == -1);
    }

    /** Returns how many rows a request has; 1 when the graph fixes their number. */
    long rows(Tensor[] tensors) {
        return freeRows && tensors[0].shape().length > 0 ? tensors[0].shape()[0] : 1;
    }

    private static List<ColumnGuard> guards(ModelSignature signature, TensorSpec spec) {
        return signature.columns().stream()
                .filter(column -> column.input().equals(spec.name()))
                .map(column -> ColumnGuard.of(column, spec))
                .flatMap(Optional::stream)
                .toList();
    }

    private static int[] tabular(ModelSignature signature, List<TensorSpec> sorted) {
        Set<String> names = new HashSet<>();
        signature.columns().stream()
                .filter(column -> column.kind() != ColumnKind.TENSOR)
                .map(Column::input)
                .forEach(names::add);
        return IntStream.range(0, sorted.size())
                .filter(
                        i ->
                                names.contains(sorted.get(i).name())
                                        && !sorted.get(i).shape().isEmpty())
                .toArray();
    }

    ModelSignature signature() {
        return signature;
    }

    int inputCount() {
        return inputs.size();
    }

    List<InputPlan> inputs() {
        return inputs;
    }

    InputPlan input(String name) {
        InputPlan plan = byName.get(name);
        if (plan == null) {
            throw TidegateException.invalid(
                    "input '%s' is unknown; the model's inputs are %s%s"
                            .formatted(
                                    Excerpt.of(name),
                                    Nearest.list(names(signature.inputs())),
                                    Nearest.suggestion(name, byName.keySet())));
        }
        return plan;
    }

    /** Refuses a request that leaves an input out or whose values the signature forbids. */
    Tensor[] complete(@Nullable Tensor[] tensors) {
        Tensor[] complete = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            Tensor tensor = tensors[i];
            if (tensor == null) {
                throw TidegateException.invalid(missing(tensors));
            }
            complete[i] = tensor;
        }
        requireSameRows(complete);
        for (int i = 0; i < complete.length; i++) {
            inputs.get(i).guard(complete[i]);
        }
        return complete;
    }

    private String missing(@Nullable Tensor[] tensors) {
        List<String> absent =
                inputs.stream()
                        .filter(plan -> tensors[plan.place()] == null)
                        .map(InputPlan::name)
                        .toList();
        return "input %s is missing; the model needs %s"
                .formatted(Nearest.list(absent), Nearest.list(names(signature.inputs())));
    }

    private void requireSameRows(Tensor[] tensors) {
        for (int i = 1; i < tabular.length; i++) {
            long first = tensors[tabular[0]].shape()[0];
            long[] shape = tensors[tabular[i]].shape();
            if (shape[0] != first) {
                throw inputs.get(tabular[i])
                        .invalid(
                                "shape %s came, expected %d rows as in input '%s'"
                                        .formatted(
                                                InputPlan.text(shape),
                                                first,
                                                inputs.get(tabular[0]).name()));
            }
        }
    }

    /** Returns places of the named outputs; all of them when none is named. */
    int[] wanted(List<String> names) {
        return names.isEmpty() ? allOutputs : names.stream().mapToInt(this::output).toArray();
    }

    private int output(String name) {
        Integer place = outputs.get(name);
        if (place == null) {
            throw TidegateException.invalid(
                    "requested output '%s' is unknown; the model's outputs are %s%s"
                            .formatted(
                                    Excerpt.of(name),
                                    Nearest.list(names(signature.outputs())),
                                    Nearest.suggestion(name, outputs.keySet())));
        }
        return place;
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
