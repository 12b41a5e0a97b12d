package io.nodeledger.query.telemetry.metrics;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The series that are kept, from the coarsest to the finest. */
enum Resolution {
    HOUR,
    QUARTER,
    MINUTE,
    SAMPLE;

    /** This one and those that are finer, which know more of what happened last. */
    Set<Resolution> andFiner() {
        return EnumSet.range(this, SAMPLE);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What of it is to be read, in the columns that all have in common: samples count as one each. */
    String select() {
        return this == SAMPLE ? """
                SELECT sampled_at AS at, 1 AS samples, cpu, cpu AS cpu_peak, memory, memory AS memory_peak,
                       (network_in IS NOT NULL)::int AS rated, network_in, network_out,
                       (storage IS NOT NULL)::int AS detailed, storage
                FROM provisioner.telemetry_sample WHERE node_id = ? AND sampled_at >= ? AND sampled_at < ?""" : """
                SELECT began_at AS at, samples, cpu, cpu_peak, memory, memory_peak, rated, network_in, network_out,
                       detailed, storage
                FROM provisioner.telemetry_%s WHERE node_id = ? AND began_at >= ? AND began_at < ?""".formatted(word());
    }
}
