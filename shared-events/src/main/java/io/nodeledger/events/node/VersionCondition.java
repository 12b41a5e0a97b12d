package io.nodeledger.events.node;

import java.util.Set;

/** Which versions of a node a command may meet (source: RFC 9110, {@code If-Match}). */
public sealed interface VersionCondition {
    /** Any version: the caller named none. */
    VersionCondition ANY = new Any();

    /** Whether a node of this version may be told. */
    boolean admits(long version);

    /** One of these versions, which may be none at all. */
    static VersionCondition oneOf(Set<Long> versions) {
        return new OneOf(versions);
    }

    /** Every version is admitted. */
    record Any() implements VersionCondition {
        @Override
        public boolean admits(long version) {
            return true;
        }
    }

    /** Only these versions are admitted. */
    record OneOf(Set<Long> versions) implements VersionCondition {
        public OneOf {
            versions = Set.copyOf(versions);
        }

        @Override
        public boolean admits(long version) {
            return versions.contains(version);
        }
    }
}
