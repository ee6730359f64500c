package dev.tidegate.workbench.chart;

/** Where the plot lies on the canvas, in pixels, and which part of the axes it shows. */
record Plot(double left, double top, double width, double height, Range xs, Range ys) {
    double x(double value) {
        return left + (value - xs.low()) / xs.span() * width;
    }

    double y(double value) {
        return top + (1 - (value - ys.low()) / ys.span()) * height;
    }

    double valueAt(double pixel) {
        return xs.low() + (pixel - left) / width * xs.span();
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    /** The pixel row of a value, kept inside the plot. */
    double clampedY(double value) {
        return Math.clamp(y(value), top, bottom());
    }
}
