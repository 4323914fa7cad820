package dev.switchboard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Values of several rounds. */
record Series(double[] sorted) {

    static Series of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Series(sorted);
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Median and, in parentheses, least and most. */
    String text(DoubleFunction<String> format) {
        if (isEmpty()) {
            return "–";
        }
        String median = format.apply(median());
        return sorted.length == 1
                ? median
                : median + " (" + format.apply(sorted[0]) + "–" + format.apply(sorted[sorted.length - 1]) + ")";
    }

    static String count(double value) {
        if (value >= 10_000_000) {
            return String.format(Locale.ROOT, "%.1fM", value / 1e6);
        }
        return value >= 1_000_000
                ? String.format(Locale.ROOT, "%.2fM", value / 1e6)
                : value >= 1000 ? String.format(Locale.ROOT, "%.1fk", value / 1e3) : Math.round(value) + "";
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
