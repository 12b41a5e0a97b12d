package io.nodeledger.provisioner.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.provisioner.telemetry.Details.Rates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples as PostgreSQL copies them in: a row a line, tabs between the columns. */
final class SampleRows {
    static final String COPY = """
            copy provisioner.telemetry_sample (node_id, sampled_at, cpu, memory, network_in, network_out,
                storage, read_iops, write_iops, packets_in, packets_out) from stdin""";

    private SampleRows() {}

    static byte[] of(List<Sample> samples) {
        var rows = new StringBuilder(samples.size() * 128);
        for (Sample sample : samples) {
            Details details = sample.details();
            Rates disks = details == null ? null : details.diskOperations();
            Rates packets = details == null ? null : details.packets();
            // Ids are lower-case letters, digits and a hyphen: nothing in a row needs an escape.
            rows.append(sample.nodeId()).append('\t').append(sample.at());
            column(rows, sample.cpu());
            column(rows, sample.memory());
            column(rows, sample.networkIn());
            column(rows, sample.networkOut());
            column(rows, storage(details));
            column(rows, disks == null ? null : disks.one());
            column(rows, disks == null ? null : disks.other());
            column(rows, packets == null ? null : packets.one());
            column(rows, packets == null ? null : packets.other());
            rows.append('\n');
        }
        return rows.toString().getBytes(UTF_8);
    }

    private static @Nullable Double storage(@Nullable Details details) {
        if (details == null || details.storageUsed() == null || details.storageTotal() == null) {
            return null;
        }
        return Math.min(1, details.storageUsed() / (double) details.storageTotal());
    }

    private static void column(StringBuilder rows, @Nullable Double value) {
        rows.append('\t');
        if (value == null) {
            rows.append("\\N");
        } else {
            rows.append(value.floatValue());
        }
    }
}
