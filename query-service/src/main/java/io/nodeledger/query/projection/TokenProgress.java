package io.nodeledger.query.projection;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How far a segment of a processor has come.
 *
 * @param index highest position that it has seen, -1 before the first
 * @param gaps lower positions that it has not seen
 */
record TokenProgress(long index, Set<Long> gaps) {
    static final TokenProgress NONE = new TokenProgress(-1, Set.of());

    static TokenProgress parse(JsonNode token) {
        var gaps = new HashSet<Long>();
        token.path("gaps").forEach(gap -> {
            // A typed JSON array carries its class name in front.
            if (gap.isArray()) {
                gap.forEach(inner -> gaps.add(inner.asLong()));
            } else if (gap.isNumber()) {
                gaps.add(gap.asLong());
            }
        });
        return new TokenProgress(token.path("index").asLong(-1), gaps);
    }

    /** Whether everything that the other has seen was seen here too. */
    boolean covers(TokenProgress other) {
        return index >= other.index
                && gaps.stream().filter(gap -> gap <= other.index).allMatch(other.gaps::contains);
    }

    static boolean allCover(List<TokenProgress> these, List<TokenProgress> those) {
        return !these.isEmpty()
                && these.stream().allMatch(mine -> those.stream().allMatch(mine::covers));
    }
}
