package io.nodeledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.base.web.AnswerBroken;
import io.nodeledger.query.projection.RowJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/**
 * The whole of what a filter lets through, as far as there was any when it began. It is read in batches, so that neither the
 * memory that it takes nor the time for which a connection is held grows with the history, or with a reader's slowness.
 */
final class AuditExport {
    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    private static final int BATCH = 500;

    private final AuditQueries audit;

    AuditExport(AuditQueries audit) {
        this.audit = audit;
    }

    /** The form of an export. */
    record Form(String contentType, String header, Function<AuditEntry, String> line) {
        static final Form LINES = new Form(NDJSON, "", entry -> RowJson.MAPPER.writeValueAsString(entry) + "\n");
        static final Form TABLE = new Form(CSV + ";charset=UTF-8", AuditCsv.HEADER, AuditCsv::line);
    }

    /** What an export begins with. It is read before the answer begins, so that a failure up to here is still an error. */
    final class Begun {
        private final AuditFilter filter;
        private final long upTo;
        private AuditPlace place;
        private List<AuditQueries.Placed> batch;

        private Begun(AuditParameters asked) {
            this.filter = asked.filter();
            this.upTo = audit.reached(filter);
            this.place = audit.start(filter, asked.after());
            this.batch = audit.read(filter, place, upTo, BATCH);
        }

        /** Answers with all of it. */
        void answer(HttpServletResponse response, Form form) throws IOException {
            response.setContentType(form.contentType());
            try {
                write(response.getOutputStream(), form);
            } catch (DataAccessException failure) {
                throw response.isCommitted() ? new AnswerBroken(failure) : failure;
            }
        }

        private void write(OutputStream out, Form form) throws IOException {
            out.write(form.header().getBytes(UTF_8));
            while (!batch.isEmpty()) {
                var lines = new StringBuilder();
                batch.forEach(row -> lines.append(form.line().apply(row.entry())));
                out.write(lines.toString().getBytes(UTF_8));
                place = AuditQueries.end(filter, place, batch);
                batch = batch.size() < BATCH ? List.of() : audit.read(filter, place, upTo, BATCH);
            }
        }
    }

    Begun begin(AuditParameters asked) {
        return new Begun(asked);
    }
}
