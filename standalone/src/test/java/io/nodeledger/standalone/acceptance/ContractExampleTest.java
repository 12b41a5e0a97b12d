package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContractExampleTest {
    @Test
    void whatDiffersAnywhereIsTold() {
        var example = new ContractExample("""
                {"id": "<node>", "at": "<time>", "nodes": [{"cores": 4}], "+": ["more"]}""", "node-1");

        assertThat(example.differences(JsonMapper.shared().readTree("""
                        {"id": "node-1", "at": "2024-01-20T15:05:00.5Z", "nodes": [{"cores": 4.0}], "more": 1}"""))).isEmpty();
        assertThat(example.differences(JsonMapper.shared().readTree("""
                        {"id": "node-2", "at": "2024-01-20 15:05", "nodes": [{"cores": 4, "cpu": 4}, {}], "other": 1}""")))
                .containsExactly(
                        "/at is \"2024-01-20 15:05\", not \"<time>\"",
                        "/id is \"node-2\", not \"node-1\"",
                        "/nodes/0/cpu is not in the contract",
                        "/nodes/1/cores is missing",
                        "/other is not in the contract");
    }
}
