package dev.tidegate.server.inference.rule;

import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules that give every output of a signature from its named features. */
public final class RuleSet {
    private final List<Feature> features;
    private final List<Rule> rules;

    private RuleSet(List<Feature> features, List<Rule> rules) {
        this.features = features;
        this.rules = rules;
    }

    /**
     * Returns the rules of a text, a line for each output: {@code OUTPUT = EXPRESSION}.
     *
     * @throws TidegateException INVALID_ARGUMENT with line and column when an expression is wrong,
     *     and when an output has no rule, or cannot have one
     */
    public static RuleSet compile(String text, ModelSignature signature) {
        Map<String, RuleText> given = new LinkedHashMap<>();
        for (RuleText rule : RuleText.parse(text)) {
            if (given.putIfAbsent(rule.output(), rule) != null) {
                throw rule.wrong(
                        -rule.offset(), "output '%s' has a rule already".formatted(rule.output()));
            }
        }
        requireKnown(given, signature);
        RuleCompiler compiler = new RuleCompiler(signature);
        List<Rule> rules = new ArrayList<>();
        for (TensorSpec output : signature.outputs()) {
            RuleText rule = given.get(output.name());
            if (rule == null) {
                throw TidegateException.invalid(
                        "rules have no line for output '%s', expected %s = EXPRESSION"
                                .formatted(output.name(), output.name()));
            }
            rules.add(compiler.compile(rule, RuleOutput.of(output)));
        }
        return new RuleSet(Feature.of(signature), List.copyOf(rules));
    }

    private static void requireKnown(Map<String, RuleText> given, ModelSignature signature) {
        List<String> known = signature.outputs().stream().map(TensorSpec::name).toList();
        for (RuleText rule : given.values()) {
            if (!known.contains(rule.output())) {
                throw rule.wrong(
                        -rule.offset(),
                        "output '%s' is unknown, expected one of %s"
                                .formatted(Excerpt.of(rule.output()), known));
            }
        }
    }

    /**
     * Returns the wanted outputs.
     *
     * @param inputs every input, in the order of their names, that fits the signature
     * @param rows that they have
     * @param wanted places of outputs in the signature
     * @throws TidegateException INTERNAL when an expression fails on a row
     */
    public Tensor[] answer(Tensor[] inputs, int rows, int[] wanted) {
        List<List<Object>> values = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            values.add(new ArrayList<>(rows));
        }
        for (int row = 0; row < rows; row++) {
            Map<String, Object> known = known(inputs, row);
            for (int i = 0; i < wanted.length; i++) {
                values.get(i).add(rules.get(wanted[i]).value(known, row));
            }
        }
        Tensor[] outputs = new Tensor[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            outputs[i] = rules.get(wanted[i]).output().tensor(values.get(i));
        }
        return outputs;
    }

    private Map<String, Object> known(Tensor[] inputs, int row) {
        Map<String, Object> known = new HashMap<>();
        features.forEach(feature -> known.put(feature.name(), feature.value(inputs, row)));
        return known;
    }
}
