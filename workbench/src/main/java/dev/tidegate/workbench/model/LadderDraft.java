package dev.tidegate.workbench.model;

/**
 * What shall stand in for a model's champion.
 *
 * @param revision of the ladder that it replaces, as the person saw it; 0 when there was none
 * @param version that is asked first; empty for none
 * @param rules that are asked then; empty for none
 */
record LadderDraft(long revision, String version, String rules) {
    LadderDraft {
        rules = rules.strip();
    }

    boolean isSame(Ladder ladder) {
        return ladder.version().equals(version) && ladder.rules().strip().equals(rules);
    }

    /** Returns who stands in, in the order in which they are asked. */
    String words() {
        if (version.isEmpty()) {
            return rules.isEmpty() ? "nobody" : rulesWords();
        }
        return rules.isEmpty() ? version : version + ", then " + rulesWords();
    }

    private String rulesWords() {
        return LadderRules.areConstants(rules) ? "constants" : "the rules";
    }
}
