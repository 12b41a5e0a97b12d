package io.nodeledger.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plans as the product comes with them (source: contract, "Node Plans"). */
class PlansHttpTest {
    private static final String SMALL_AND_MEDIUM = """
            {"id":"plan-dedicated-2c4g","name":"Dedicated Small","description":"2 CPU cores, 4GB RAM, 50GB storage",\
            "specs":{"cpu_cores":2,"memory_gb":4,"storage_gb":50,"network_speed":"1Gbps"},\
            "pricing":{"hourly":0.06,"monthly":43.20},"regions":["us-west-2","us-east-1","eu-west-1"]},\
            {"id":"plan-dedicated-4c8g","name":"Dedicated Medium","description":"4 CPU cores, 8GB RAM, 100GB storage",\
            "specs":{"cpu_cores":4,"memory_gb":8,"storage_gb":100,"network_speed":"1Gbps"},\
            "pricing":{"hourly":0.12,"monthly":86.40},"regions":["us-west-2","us-east-1","eu-west-1"]},\
            """;
    private static final String MEDIUM = """
            {"data":{"id":"plan-dedicated-4c8g","name":"Dedicated Medium",\
            "description":"4 CPU cores, 8GB RAM, 100GB storage",\
            "specs":{"cpu_cores":4,"cpu_type":"Intel Xeon","memory_gb":8,"memory_type":"DDR4","storage_gb":100,\
            "storage_type":"NVMe SSD","network_speed":"1Gbps","architecture":"x86_64"},\
            "pricing":{"hourly":0.12,"monthly":86.40,"annual":933.12,"currency":"USD"},\
            "availability":{"regions":["us-west-2","us-east-1","eu-west-1"],"in_stock":true,\
            "estimated_provisioning_time":"5-10 minutes"},\
            "features":["Dedicated CPU and memory","High-performance NVMe storage","1Gbps network bandwidth",\
            "Custom node labels and taints","Advanced monitoring"],\
            "suitable_for":["Production workloads","CPU-intensive applications",\
            "Applications requiring consistent performance"]}}""";

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = new QueryServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_list_is_the_contracts_field_for_field() {
        var list = server.get("/api/v1/node-plans", server.token(Map.of()));

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.raw().body()).startsWith("{\"data\":[" + SMALL_AND_MEDIUM);
    }

    @Test
    void a_plan_is_the_contracts_field_for_field_with_ten_percent_off_a_year() {
        var medium = server.get("/api/v1/node-plans/plan-dedicated-4c8g", server.token(Map.of()));

        assertThat(medium.status()).isEqualTo(200);
        assertThat(medium.raw().body()).isEqualTo(MEDIUM);
    }

    @Test
    void a_plan_that_does_not_exist_is_not_found() {
        var answer = server.get("/api/v1/node-plans/plan-none", server.token(Map.of()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().at("/error/details").toString())
                .isEqualTo("{\"resource_type\":\"node_plan\",\"resource_id\":\"plan-none\"}");
    }
}
