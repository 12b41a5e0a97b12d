package io.nodeledger.query.cost;

/**
 * What a node's meter says at a moment, by what was known at another one ({@code :known}), as SQL over a row {@code n} of
 * {@code metered_nodes}. The row itself has its last point and two months' beginnings; where those answer, the look-up beside
 * it is not even begun, which makes a bill a few times as fast.
 *
 * @param moment name of the parameter: milliseconds since 1970
 * @param lookedUp name of the look-up's row
 */
record ReadingSql(String moment, String lookedUp) {
    /** The look-up, for a lateral join; no row where the node itself knows, or where there is nothing to know. */
    String lookUp() {
        return filled("""
                (SELECT p.rate,
                        p.rate_millis + p.rate * (:moment - p.at) AS rate_millis,
                        p.running_millis + CASE p.metered WHEN 'running' THEN :moment - p.at ELSE 0 END AS running_millis,
                        p.stopped_millis + CASE p.metered WHEN 'stopped' THEN :moment - p.at ELSE 0 END AS stopped_millis
                 FROM query.meter_points p
                 WHERE NOT (n.last_known <= :known
                            AND (n.last_at <= :moment OR n.month_start = :moment OR n.before_start = :moment))
                   AND p.node_id = n.id AND p.at <= :moment AND p.known_at <= :known
                 ORDER BY p.at DESC, p.position DESC
                 LIMIT 1) looked_up""");
    }

    /** USD per hour from the moment on. */
    String rate() {
        return filled(
                "CASE WHEN n.last_known <= :known AND n.last_at <= :moment THEN n.last_rate ELSE looked_up.rate END");
    }

    /** USD per hour times milliseconds. */
    String rateMillis() {
        return part("rate_millis", "n.last_rate * (:moment - n.last_at)");
    }

    String running() {
        return part("running_millis", "CASE n.last_metered WHEN 'running' THEN :moment - n.last_at ELSE 0 END");
    }

    String stopped() {
        return part("stopped_millis", "CASE n.last_metered WHEN 'stopped' THEN :moment - n.last_at ELSE 0 END");
    }

    private String part(String name, String sinceTheLastPoint) {
        return filled("""
                coalesce(CASE WHEN n.last_known <= :known THEN
                           CASE WHEN n.last_at <= :moment THEN n.last_part + since_the_last_point
                                WHEN n.month_start = :moment THEN n.month_part
                                WHEN n.before_start = :moment THEN n.before_part END END,
                         looked_up.part)""".replace("since_the_last_point", sinceTheLastPoint)
                .replace("_part", "_" + name)
                .replace(".part", "." + name));
    }

    private String filled(String sql) {
        return sql.replace(":moment", ":" + moment).replace("looked_up", lookedUp);
    }
}
