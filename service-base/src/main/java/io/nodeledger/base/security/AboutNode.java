package io.nodeledger.base.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** The node that a request is about: the one that its path names, or that its controller has found out. */
public final class AboutNode {
    private static final String ATTRIBUTE = AboutNode.class.getName();
    private static final String VARIABLE = "nodeId";
    private static final Pattern SHAPE = Pattern.compile("node-[0-9a-z-]{1,60}");

    private AboutNode() {}

    /** Names the node of a request whose path does not. */
    public static void found(HttpServletRequest request, String nodeId) {
        request.setAttribute(ATTRIBUTE, nodeId);
    }

    /** The node, if it is known and may be one. */
    static @Nullable String of(HttpServletRequest request) {
        Object named = request.getAttribute(ATTRIBUTE) instanceof String found ? found : variable(request, VARIABLE);
        return named instanceof String id && SHAPE.matcher(id).matches() ? id : null;
    }

    static @Nullable String variable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }
}
