package io.nodeledger.base.web;

import com.github.f4b6a3.ulid.Ulid;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id under which a request is known in answers, logs and events: the caller's, when it is harmless, or a new one. */
public final class RequestIds {
    /** The header that carries it both ways. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._~:/+=@-]{1,128}");

    private RequestIds() {}

    /** The request's id; the same at every call for one request. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = of(request.getHeader(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The id that a caller wished for, when it is harmless, or a new one. */
    public static String of(@Nullable String wished) {
        return wished != null && HARMLESS.matcher(wished).matches()
                ? wished
                : "req-" + Ulid.fast().toString().toLowerCase(Locale.ROOT);
    }
}
