package io.nodeledger.query.cost;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cost lines as CSV (RFC 4180): a header, CRLF after every line. No value needs quotes: none has text of people's own. */
final class CostCsv {
    static final String HEADER =
            "node_id,name,plan_id,region,status,rate,started_at,ended_at,seconds,cost,event_ids\r\n";

    private CostCsv() {}

    static String of(List<CostLine> lines) {
        return lines.stream().map(CostCsv::line).collect(Collectors.joining());
    }

    private static String line(CostLine line) {
        return Stream.of(
                        line.nodeId(),
                        line.name(),
                        line.planId(),
                        line.region(),
                        line.status(),
                        line.rate().toPlainString(),
                        line.startedAt().toString(),
                        line.endedAt() == null ? "" : line.endedAt().toString(),
                        line.seconds().toPlainString(),
                        line.cost().toPlainString(),
                        String.join(" ", line.eventIds()))
                .collect(Collectors.joining(",", "", "\r\n"));
    }
}
