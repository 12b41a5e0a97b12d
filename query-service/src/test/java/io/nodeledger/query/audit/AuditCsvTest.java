package io.nodeledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nodeledger.query.projection.RowJson;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text of people's own in a table that a spreadsheet opens, in whichever country. */
class AuditCsvTest {
    static Stream<Arguments> cells() {
        return Stream.of(
                arguments("plain", "plain"),
                arguments("=1+1", "'=1+1"),
                arguments("+1", "'+1"),
                arguments("-1", "'-1"),
                arguments("@SUM", "'@SUM"),
                arguments("\t=1", "'\t'=1"),
                arguments("\r=1", "'\r'=1"),
                arguments("two\r\n=1", "two\r\n'=1"),
                arguments(" =1", " '=1"),
                arguments("a;=1+1", "a;'=1+1"),
                arguments("a; =1", "a; '=1"),
                arguments("a;\"=1\"", "a;\"\"'=1\"\""),
                arguments("a\t@x", "a\t'@x"),
                arguments("a|-1", "a|'-1"),
                arguments("a;b;+c;-d", "a;b;'+c;'-d"),
                // in quotes wherever it parts nothing
                arguments("a,=1", "a,=1"),
                arguments("a-b+c=d@e", "a-b+c=d@e"),
                arguments("say \"no\"", "say \"\"no\"\""));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatASpreadsheetWouldRunIsTextWhateverPartsItsCells(String written, String cell) {
        assertThat(line(written)).contains(",\"" + cell + "\",\"user\",");
    }

    private static String line(String actor) {
        return AuditCsv.line(new AuditEntry(
                "evt-1",
                1,
                Instant.EPOCH,
                "node.started",
                null,
                null,
                null,
                null,
                new AuditEntry.Actor(actor, "user", "admin"),
                new AuditEntry.CausedBy("StartNode", null),
                "req-1",
                null,
                new AuditEntry.Status(null),
                new AuditEntry.Status("running"),
                RowJson.MAPPER.createObjectNode()));
    }
}
