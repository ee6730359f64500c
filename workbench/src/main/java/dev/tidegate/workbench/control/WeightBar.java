package dev.tidegate.workbench.control;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.layout.Region;

/** One bar with a piece for each version, as long as its weight and in its colour. */
public final class WeightBar extends Region {
    private static final double GAP = 2;

    /** A piece: the version, its share from 0 to 1, and the index of its arm colour. */
    public record Piece(String version, double weight, int colour) {}

    private List<Piece> pieces = List.of();

    public WeightBar() {
        getStyleClass().add("weight-bar");
        setMinWidth(60);
    }

    public void show(List<Piece> next) {
        if (next.equals(pieces)) {
            return;
        }
        pieces = List.copyOf(next);
        getChildren().setAll(pieces.stream().map(WeightBar::node).toList());
        setAccessibleText(
                pieces.stream()
                        .map(piece -> piece.version() + " " + Figures.percent(piece.weight()))
                        .collect(Collectors.joining(", ")));
        requestLayout();
    }

    private static Region node(Piece piece) {
        Region node = new Region();
        node.getStyleClass().add("arm-fill-" + piece.colour());
        node.getStyleClass().add("weight-piece");
        return node;
    }

    @Override
    protected void layoutChildren() {
        double room = getWidth() - GAP * Math.max(0, pieces.size() - 1);
        double x = 0;
        for (int i = 0; i < pieces.size(); i++) {
            double width =
                    Math.max(pieces.get(i).weight() > 0 ? 3 : 0, room * pieces.get(i).weight());
            getChildren().get(i).resizeRelocate(x, 0, Math.min(width, getWidth() - x), getHeight());
            x += width + GAP;
        }
    }
}
