package dev.tidegate.server.rollout;

/** A plan that cannot be, and the place in it that is to blame. */
final class PlanFault extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * @param place for example {@code steps[0].weight}; empty for the whole plan
     */
    PlanFault(String place, String message) {
        super(message);
        this.place = place;
    }

    String place() {
        return place;
    }
}
