package io.nodeledger.command.dispatch;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.events.node.VersionCondition;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Reads {@code If-Match} (source: RFC 9110, 13.1.1). A node's entity tag is {@code "<nodeId>.<version>"}; a tag of another
 * form, of another node, or a weak one is well formed and matches nothing.
 */
public final class IfMatch {
    private static final String ANYTHING = "*";

    /** Elements are parted by commas, but an opaque tag may hold commas too. Empty elements are legal and ignored. */
    private static final Pattern ELEMENT =
            Pattern.compile("[ \\t]*(?:(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\")?[ \\t]*(?:,|$)");

    /** At most 18 digits, so that it is always a {@code long}; one form for each version. */
    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private IfMatch() {}

    /**
     * The versions of the node that the request may meet; any when it does not say.
     *
     * @throws ApiException 400 {@code VALIDATION_ERROR} when the header is malformed
     */
    public static VersionCondition of(HttpServletRequest request, String nodeId) {
        var lines = new ArrayList<String>();
        request.getHeaders(HttpHeaders.IF_MATCH).asIterator().forEachRemaining(lines::add);
        String value = String.join(",", lines).strip();
        if (lines.isEmpty() || value.equals(ANYTHING)) {
            return VersionCondition.ANY;
        }
        var versions = new HashSet<Long>();
        for (String tag : strongTags(value)) {
            versionOf(tag, nodeId).ifPresent(versions::add);
        }
        return VersionCondition.oneOf(versions);
    }

    private static List<String> strongTags(String value) {
        var strong = new ArrayList<String>();
        boolean any = false;
        var elements = ELEMENT.matcher(value);
        int from = 0;
        while (from < value.length()) {
            if (!elements.find(from) || elements.start() != from) {
                throw malformed();
            }
            String tag = elements.group(2);
            any |= tag != null;
            if (tag != null && elements.group(1) == null) {
                strong.add(tag);
            }
            from = elements.end();
        }
        if (!any) {
            throw malformed();
        }
        return strong;
    }

    private static Optional<Long> versionOf(String tag, String nodeId) {
        String prefix = nodeId + ".";
        String version = tag.startsWith(prefix) ? tag.substring(prefix.length()) : "";
        return VERSION.matcher(version).matches() ? Optional.of(Long.parseLong(version)) : Optional.empty();
    }

    private static ApiException malformed() {
        return new ApiException(ApiError.validation(
                HttpHeaders.IF_MATCH, "malformed", "must be * or a list of entity tags in double quotes"));
    }
}
