package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.NodeStreams;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the nodes of a transition are: by one statement, which may lag behind, and by their streams where it matters. */
final class LiveNodes {
    private final JdbcClient jdbc;
    private final NodeStreams streams;

    LiveNodes(JdbcClient jdbc, NodeStreams streams) {
        this.jdbc = jdbc;
        this.streams = streams;
    }

    /** The status of each that is not deleted, as far as has been read. */
    Map<String, NodeStatus> statuses(Collection<Member> members) {
        var statuses = new HashMap<String, NodeStatus>();
        jdbc.sql("select node_id, status from provisioner.known_node where node_id = any(?)")
                .param(members.stream().map(Member::nodeId).toArray(String[]::new))
                .query(row -> {
                    statuses.put(row.getString(1), NodeStatus.valueOf(row.getString(2)));
                });
        return statuses;
    }

    /** What is in the node's stream right now. */
    NodeFacts read(String nodeId) {
        return streams.read(nodeId);
    }
}
