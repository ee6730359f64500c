package dev.tidegate.server.stats;

/**
 * One evidence row: what one replica saw of one arm in one second of one route epoch. The arrays
 * are read, never kept.
 *
 * @param epoch the route epoch
 * @param arm the arm
 * @param requests requests that count for the arm
 * @param events events per guardrail among them
 * @param newUnits hashes of the units that this replica sees for the first time in the epoch
 * @param firstOutcomes for each new unit, bit i set when its first request is an event of guardrail
 *     i
 * @param eventUnits hashes of the units with an event in this second
 * @param eventMasks for each such unit, bit i set when it has one of guardrail i
 */
@SuppressWarnings(
        "ArrayRecordComponent") // rows pass through by the thousand, and nobody compares them
public record ArmSecond(
        long epoch,
        Arm arm,
        long requests,
        long[] events,
        long[] newUnits,
        byte[] firstOutcomes,
        long[] eventUnits,
        byte[] eventMasks) {
    public ArmSecond {
        if (requests < 0) {
            throw new IllegalArgumentException("requests " + requests + ", expected none below 0");
        }
        if (newUnits.length != firstOutcomes.length) {
            throw new IllegalArgumentException(
                    newUnits.length
                            + " new units with "
                            + firstOutcomes.length
                            + " outcomes, expected as many");
        }
        if (eventUnits.length != eventMasks.length) {
            throw new IllegalArgumentException(
                    eventUnits.length
                            + " units with events with "
                            + eventMasks.length
                            + " masks, expected as many");
        }
    }
}
