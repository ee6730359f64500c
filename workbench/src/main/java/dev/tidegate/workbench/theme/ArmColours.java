package dev.tidegate.workbench.theme;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each version of a model one of the arm colours and keeps it on every screen: the first
 * version seen is blue, the next orange, then violet, teal, pink and yellow (the order of Okabe and
 * Ito).
 */
public final class ArmColours {
    /** Colours before they repeat. */
    public static final int COUNT = 6;

    private final Map<String, Map<String, Integer>> indices = new ConcurrentHashMap<>();

    /** Gives the versions colours in this order, except those that have one already. */
    public void learn(String model, List<String> versions) {
        versions.forEach(version -> indexOf(model, version));
    }

    /** The colour's index, from 0 to {@link #COUNT} - 1. */
    public int indexOf(String model, String version) {
        Map<String, Integer> ofModel =
                indices.computeIfAbsent(model, name -> new ConcurrentHashMap<>());
        synchronized (ofModel) {
            return ofModel.computeIfAbsent(version, name -> ofModel.size() % COUNT);
        }
    }
}
