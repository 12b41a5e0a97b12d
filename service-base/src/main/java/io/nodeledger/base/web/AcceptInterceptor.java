package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses, before a controller acts, what could not be answered or must not be read: a caller who takes no JSON (406),
 * a body that announces itself as too large (413). Without it a command would run and its answer be a 406.
 */
final class AcceptInterceptor implements HandlerInterceptor {
    private final ApiContentNegotiation negotiation = new ApiContentNegotiation();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (!(handler instanceof HandlerMethod)) {
            return true;
        }
        if (request.getContentLengthLong() > RequestBodyReader.LARGEST_BODY) {
            throw RequestBodyReader.tooLarge();
        }
        boolean ownTypes = request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) != null;
        if (!ownTypes && !takesJson(request)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }

    private boolean takesJson(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        return negotiation.resolveMediaTypes(new ServletWebRequest(request)).stream()
                .anyMatch(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON) && type.getQualityValue() > 0);
    }
}
