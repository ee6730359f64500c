package dev.tidegate.workbench.control;

import javafx.event.Event;
import javafx.event.EventType;

/** Asks the window to show the card of that id in a window of its own too. */
public final class TearOffEvent extends Event {
    public static final EventType<TearOffEvent> TORN = new EventType<>(Event.ANY, "TORN");
    private static final long serialVersionUID = 1;

    private final String card;
    private final String title;

    TearOffEvent(String card, String title) {
        super(TORN);
        this.card = card;
        this.title = title;
    }

    public String card() {
        return card;
    }

    public String title() {
        return title;
    }
}
