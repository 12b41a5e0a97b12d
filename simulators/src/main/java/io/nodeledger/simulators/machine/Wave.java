package io.nodeledger.simulators.machine;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A positive quantity that wanders around its mean: a day's rhythm, slower work batches and short bursts, each a sine
 * whose phase is the machine's own. Sines because their integral is exact, so rates and counters never disagree.
 */
final class Wave {
    private static final double[] PERIODS = {86_400, 5_413, 911, 173, 41};
    private static final double[] SHARES = {0.38, 0.20, 0.16, 0.12, 0.08};

    private final double mean;
    private final double[] phases = new double[PERIODS.length];

    Wave(double mean, RandomGenerator random) {
        this.mean = mean;
        for (int i = 0; i < phases.length; i++) {
            phases[i] = random.nextDouble() * 2 * Math.PI;
        }
    }

    double at(Instant moment) {
        double t = seconds(moment);
        double value = 1;
        for (int i = 0; i < PERIODS.length; i++) {
            value += SHARES[i] * Math.sin(angular(i) * t + phases[i]);
        }
        return mean * value;
    }

    double integral(Instant from, Instant to) {
        return mean * (antiderivative(seconds(to)) - antiderivative(seconds(from)));
    }

    private double antiderivative(double t) {
        double value = t;
        for (int i = 0; i < PERIODS.length; i++) {
            value -= SHARES[i] / angular(i) * Math.cos(angular(i) * t + phases[i]);
        }
        return value;
    }

    private static double angular(int i) {
        return 2 * Math.PI / PERIODS[i];
    }

    private static double seconds(Instant moment) {
        return moment.getEpochSecond() + moment.getNano() / 1e9;
    }
}
