package dev.tidegate.server.inference.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.tidegate.server.registry.ModelSignature;
import java.util.List;

/**
 * Compiles expressions of the Common Expression Language over a signature's columns. There are no
 * macros in it and so no loops: each expression ends, after as many steps as it has operators.
 */
final class RuleCompiler {
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .enableComprehension(false)
                    .maxParseRecursionDepth(50)
                    .build();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    RuleCompiler(ModelSignature signature) {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS);
        Feature.of(signature)
                .forEach(feature -> builder.addVar(feature.name(), feature.type().celType()));
        compiler = builder.build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /** Returns a rule that gives what its output needs, or refuses it with line and column. */
    Rule compile(RuleText text, RuleOutput output) {
        CelValidationResult result = compiler.compile(text.expression());
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            requireType(text, output, tree.getResultType());
            return new Rule(text, output, runtime.createProgram(tree));
        } catch (CelValidationException e) {
            List<CelIssue> issues = result.getErrors();
            throw text.wrong(
                    issues.isEmpty() ? 0 : issues.getFirst().getSourceLocation().getColumn(),
                    issues.isEmpty()
                            ? String.valueOf(e.getMessage())
                            : issues.getFirst().getMessage());
        } catch (CelEvaluationException e) {
            throw text.wrong(0, String.valueOf(e.getMessage()));
        }
    }

    private static void requireType(RuleText text, RuleOutput output, CelType type) {
        boolean widened = type.equals(SimpleType.INT) && output.celType().equals(SimpleType.DOUBLE);
        if (!widened && !type.equals(output.celType())) {
            throw text.wrong(
                    0,
                    "output '%s' needs %s, the expression gives %s"
                            .formatted(
                                    output.name(),
                                    RuleOutput.label(output.celType()),
                                    RuleOutput.label(type)));
        }
    }
}
