package io.nodeledger.base.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * The Accept header as the API understands it: {@code application/problem+json} asks for errors in that form and takes
 * successful answers as plain JSON.
 */
final class ApiContentNegotiation implements ContentNegotiationStrategy {
    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        var wished = new ArrayList<>(header.resolveMediaTypes(request));
        if (wished.stream().anyMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype)) {
            wished.add(MediaType.APPLICATION_JSON);
        }
        return wished;
    }
}
