package dev.tidegate.workbench.chart;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the charts of one screen share: the cross-hair's place (NaN: none) and the part zoomed into
 * (null: all).
 */
public final class ChartLink {
    private final DoubleProperty crossHair = new SimpleDoubleProperty(Double.NaN);
    private final ObjectProperty<@Nullable Range> zoom = new SimpleObjectProperty<>();

    public DoubleProperty crossHairProperty() {
        return crossHair;
    }

    public ObjectProperty<@Nullable Range> zoomProperty() {
        return zoom;
    }
}
