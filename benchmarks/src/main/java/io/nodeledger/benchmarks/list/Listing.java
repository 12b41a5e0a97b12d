package io.nodeledger.benchmarks.list;

import io.nodeledger.query.node.NodeFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for.
 *
 * @param what for people
 * @param limitMillis the 99th percentile's limit at the database (rulings, 18)
 */
record Listing(String what, NodeFilter filter, double limitMillis) {
    /** The workspace with a hundred thousand nodes. */
    static final String WORKSPACE = "ws-large";

    private static final double PAGE = 10;
    private static final double SEARCH_WITH_TOTAL = 50;

    /** Frequent, rare, and bunched up at one end of every order by time; each alone and together. */
    static List<Listing> all() {
        return List.of(
                page("no filter", List.of(), null, null, false),
                page("status, frequent", List.of("running"), null, null, false),
                page("status, rare", List.of("error"), null, null, false),
                page("status, the oldest", List.of("stopped"), null, null, false),
                page("statuses", List.of("running", "error", "deleting"), null, null, false),
                page("status, nobody's", List.of("rebooting"), null, null, false),
                page("plan, frequent", List.of(), "plan-dedicated-4c8g", null, false),
                page("plan, rare", List.of(), "plan-dedicated-8c16g", null, false),
                page("region, frequent", List.of(), null, "us-west-2", false),
                page("region, rare", List.of(), null, "eu-west-1", false),
                page("all three, frequent", List.of("running"), "plan-dedicated-4c8g", "us-west-2", false),
                page("all three, rare", List.of("stopped"), "plan-dedicated-2c4g", "eu-west-1", false),
                page("with deleted", List.of(), null, null, true),
                page("deleted alone", List.of("deleted"), null, null, true),
                page("plan, rare, with deleted", List.of(), "plan-dedicated-8c16g", null, true),
                search("search, one node", "web-004240", List.of()),
                search("search, a hundred", "-0042", List.of()),
                search("search, a tenth", "WEB-", List.of()),
                search("search, every node", "-", List.of()),
                search("search, a tenth, status, rare", "web", List.of("error")));
    }

    boolean isSearch() {
        return filter.search() != null;
    }

    /** The request's parameters. */
    String query() {
        var parameters = new ArrayList<String>();
        if (!filter.statuses().isEmpty()) {
            parameters.add("status=" + String.join(",", filter.statuses()));
        }
        if (filter.planId() != null) {
            parameters.add("plan_id=" + filter.planId());
        }
        if (filter.region() != null) {
            parameters.add("region=" + filter.region());
        }
        if (filter.search() != null) {
            parameters.add("search=" + filter.search());
        }
        if (filter.includeDeleted()) {
            parameters.add("include_deleted=true");
        }
        return String.join("&", parameters);
    }

    private static Listing page(
            String what, List<String> statuses, @Nullable String plan, @Nullable String region, boolean deleted) {
        return new Listing(what, new NodeFilter(WORKSPACE, statuses, plan, region, null, deleted), PAGE);
    }

    private static Listing search(String what, String search, List<String> statuses) {
        return new Listing(what, new NodeFilter(WORKSPACE, statuses, null, null, search, false), SEARCH_WITH_TOTAL);
    }
}
