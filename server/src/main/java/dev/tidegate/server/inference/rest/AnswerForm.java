package dev.tidegate.server.inference.rest;

import java.util.Map;

/**
 * In which form each output goes back.
 *
 * @param binary whether an output that is not listed goes as bytes behind the JSON
 * @param byOutput the same for outputs that say so themselves
 */
record AnswerForm(boolean binary, Map<String, Boolean> byOutput) {
    AnswerForm {
        byOutput = Map.copyOf(byOutput);
    }

    boolean isBinary(String output) {
        return byOutput.getOrDefault(output, binary);
    }
}
