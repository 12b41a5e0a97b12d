package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The RFC 8288 {@code Link} header of lists: the request's own URL with another page or cursor. */
public final class PageLinks {
    private PageLinks() {}

    /** {@code first}, {@code prev}, {@code next} and {@code last} of a numbered list, as far as they exist. */
    public static String numbered(HttpServletRequest request, Page.Pagination at) {
        long last = Math.max(1, at.pages());
        var links = new StringJoiner(", ");
        links.add(page(request, at, 1, "first"));
        if (at.page() > 1) {
            links.add(page(request, at, Math.min(at.page() - 1L, last), "prev"));
        }
        if (at.page() < last) {
            links.add(page(request, at, at.page() + 1L, "next"));
        }
        links.add(page(request, at, last, "last"));
        return links.toString();
    }

    /** {@code next} of a cursor list. */
    public static String next(HttpServletRequest request, String cursor) {
        return link(
                ServletUriComponentsBuilder.fromRequest(request)
                        .replaceQueryParam("cursor", URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                        .build(true)
                        .toUriString(),
                "next");
    }

    private static String page(HttpServletRequest request, Page.Pagination at, long page, String relation) {
        return link(
                ServletUriComponentsBuilder.fromRequest(request)
                        .replaceQueryParam("page", page)
                        .replaceQueryParam("per_page", at.perPage())
                        .build(true)
                        .toUriString(),
                relation);
    }

    private static String link(String url, String relation) {
        return "<" + url + ">; rel=\"" + relation + "\"";
    }
}
