package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The documented successful answers. */
public final class Answers {
    private Answers() {}

    /** 200 with one thing. */
    public static <T> ResponseEntity<Data<T>> one(T data) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new Data<>(data));
    }

    /** 200 with a page of a numbered list and its links. */
    public static <T> ResponseEntity<Page<T>> page(HttpServletRequest request, Page<T> page) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LINK, PageLinks.numbered(request, page.pagination()))
                .body(page);
    }

    /** 200 with a page of a cursor list, and a link to the next one while there is more. */
    public static <T> ResponseEntity<Data<List<T>>> cursorPage(HttpServletRequest request, CursorPage<T> page) {
        var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        if (page.next() != null) {
            answer.header(HttpHeaders.LINK, PageLinks.next(request, page.next()));
        }
        return answer.body(new Data<>(page.items()));
    }
}
