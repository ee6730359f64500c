package dev.tidegate.workbench.theme;

import java.util.Locale;

/** Colour arithmetic after WCAG 2.2, and how colours look without red or green cones. */
final class Luminance {
    private Luminance() {}

    /** From 1 to 21. */
    static double contrast(String one, String other) {
        double first = of(linear(one));
        double second = of(linear(other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    /** The colour that is seen when one of that opacity lies over another. */
    static String over(String hex, double opacity, String ground) {
        StringBuilder seen = new StringBuilder("#");
        for (int i = 1; i < 7; i += 2) {
            double top = Integer.parseInt(hex.substring(i, i + 2), 16);
            double under = Integer.parseInt(ground.substring(i, i + 2), 16);
            seen.append(
                    String.format(
                            Locale.ROOT,
                            "%02x",
                            Math.round(opacity * top + (1 - opacity) * under)));
        }
        return seen.toString();
    }

    static double[] linear(String hex) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double channel = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            rgb[i] =
                    channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
        }
        return rgb;
    }

    private static double of(double[] rgb) {
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    /**
     * CIE 1976 distance of two colours, both seen through a matrix on linear RGB; about 2 is just
     * noticeable.
     */
    static double distance(String one, String other, double[][] vision) {
        double[] first = lab(seen(linear(one), vision));
        double[] second = lab(seen(linear(other), vision));
        return Math.sqrt(
                Math.pow(first[0] - second[0], 2)
                        + Math.pow(first[1] - second[1], 2)
                        + Math.pow(first[2] - second[2], 2));
    }

    private static double[] seen(double[] rgb, double[][] vision) {
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int column = 0; column < 3; column++) {
                sum += vision[row][column] * rgb[column];
            }
            seen[row] = Math.clamp(sum, 0, 1);
        }
        return seen;
    }

    private static double[] lab(double[] rgb) {
        double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        double y = f(of(rgb));
        double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
