package dev.tidegate.workbench.navigation;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Where we are, where we came from, and where we were before going back. */
public final class Navigation {
    private static final int MEMORY = 100;

    private final Deque<Place> behind = new ArrayDeque<>();
    private final Deque<Place> ahead = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Place> place;
    private final ReadOnlyBooleanWrapper back = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper forward = new ReadOnlyBooleanWrapper();

    public Navigation(Place start) {
        place = new ReadOnlyObjectWrapper<>(start);
    }

    public void go(Place next) {
        if (next.equals(place.get())) {
            return;
        }
        behind.push(place.get());
        if (behind.size() > MEMORY) {
            behind.removeLast();
        }
        ahead.clear();
        arrive(next);
    }

    public void back() {
        if (!behind.isEmpty()) {
            ahead.push(place.get());
            arrive(behind.pop());
        }
    }

    public void forward() {
        if (!ahead.isEmpty()) {
            behind.push(place.get());
            arrive(ahead.pop());
        }
    }

    private void arrive(Place next) {
        back.set(!behind.isEmpty());
        forward.set(!ahead.isEmpty());
        place.set(next);
    }

    public Place place() {
        return place.get();
    }

    public ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty backProperty() {
        return back.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty forwardProperty() {
        return forward.getReadOnlyProperty();
    }
}
