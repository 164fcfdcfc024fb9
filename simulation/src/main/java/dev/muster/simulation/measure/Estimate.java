package dev.muster.simulation.measure;

import java.util.List;

/** The mean of a figure over seeds and half the width of its 95 % confidence interval (Student's t); 0 for one seed. */
public record Estimate(double mean, double half, int runs) {
    /** 97.5 % quantiles of t for 1, 2, … degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    public static Estimate of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        if (n < 2) {
            return new Estimate(mean, 0, n);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double t = n - 1 <= T.length ? T[n - 2] : 1.96;
        return new Estimate(mean, t * Math.sqrt(squares / (n - 1) / n), n);
    }
}
