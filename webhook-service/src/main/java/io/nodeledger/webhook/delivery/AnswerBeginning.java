package io.nodeledger.webhook.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body. Where there is more, the connection is cut: to close it politely would read to the end,
 * which comes when the other side likes.
 */
final class AnswerBeginning {
    private static final int MOST_READ = 16 * 1024;
    private static final int EXCERPT = 1_000;

    private AnswerBeginning() {}

    /** Reads it, as text that can be shown; null where there is none. The connection is not needed afterwards. */
    static @Nullable String of(ClassicHttpResponse response) throws IOException {
        boolean whole = false;
        try {
            var body = response.getEntity();
            byte[] read = body == null ? new byte[0] : body.getContent().readNBytes(MOST_READ);
            whole = read.length < MOST_READ;
            return text(read);
        } finally {
            if (response instanceof ModalCloseable connection) {
                connection.close(whole ? CloseMode.GRACEFUL : CloseMode.IMMEDIATE);
            } else {
                response.close();
            }
        }
    }

    private static @Nullable String text(byte[] read) {
        String text = new String(read, StandardCharsets.UTF_8)
                .codePoints()
                .filter(point -> (point >= ' ' && point != '\uFFFD') || point == '\n' || point == '\t')
                .limit(EXCERPT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.isEmpty() ? null : text;
    }
}
