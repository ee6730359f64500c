package dev.tidegate.server.inference.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Map;

/** One output's rule, ready to run; threads may share it. */
record Rule(RuleText text, RuleOutput output, CelRuntime.Program program) {
    /** Returns what it gives for one row. */
    Object value(Map<String, Object> features, int row) {
        try {
            return program.eval(features);
        } catch (CelEvaluationException e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL,
                    "rules, line %d: '%s' fails on row %d: %s"
                            .formatted(text.line(), output.name(), row, e.getMessage()),
                    e);
        }
    }
}
