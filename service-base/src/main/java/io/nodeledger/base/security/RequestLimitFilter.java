package io.nodeledger.base.security;

import io.nodeledger.base.web.ErrorWriter;
import io.nodeledger.base.web.RequestLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away those who ask too much, as soon as it is known who asks. */
final class RequestLimitFilter extends OncePerRequestFilter {
    private final RequestLimit limit;
    private final ErrorWriter writer;

    RequestLimitFilter(RequestLimit limit, ErrorWriter writer) {
        this.limit = limit;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var tooMany = limit.count(request, response);
        if (tooMany.isPresent()) {
            writer.write(request, response, tooMany.get());
        } else {
            chain.doFilter(request, response);
        }
    }
}
