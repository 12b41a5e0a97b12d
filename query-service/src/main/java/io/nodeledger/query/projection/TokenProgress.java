package io.nodeledger.query.projection;

import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * How far a segment of a processor has come.
 *
 * @param index highest position that it has seen, -1 before the first
 * @param gaps lower positions that it has not seen
 */
record TokenProgress(long index, Set<Long> gaps) {
    static final TokenProgress NONE = new TokenProgress(-1, Set.of());

    static TokenProgress of(@Nullable TrackingToken token) {
        return WrappedToken.unwrapLowerBound(token) instanceof GapAwareTrackingToken reached
                ? new TokenProgress(reached.getIndex(), Set.copyOf(reached.getGaps()))
                : NONE;
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
