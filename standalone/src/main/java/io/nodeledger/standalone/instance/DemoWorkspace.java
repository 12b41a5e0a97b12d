package io.nodeledger.standalone.instance;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The workspace that every installation begins with, made through the same door that operators use. Once it is there
 * with its credits nothing is changed any more.
 */
final class DemoWorkspace {
    /** Its id. */
    static final String ID = "ws-demo";

    private static final BigDecimal CREDITS = new BigDecimal("100000");
    private static final int ABSENT = 404;

    private DemoWorkspace() {}

    /**
     * Makes the workspace or what is missing of it.
     *
     * @throws Obstacle when the API refuses
     */
    static void ensure(Api api) throws IOException {
        String path = "/api/v1/admin/workspaces/" + ID;
        if (api.get(path).status() == ABSENT) {
            api.put(path, Map.of("plan", "enterprise", "region", "us-west-2"))
                    .expect("make the workspace " + ID, 200, 201);
        }
        var credits = api.get("/api/v1/workspaces/" + ID + "/nodes/credits")
                .expect("read the credits of " + ID, 200)
                .data();
        if (credits.path("entries").isEmpty()) {
            api.post(path + "/credits", Map.of("amount", CREDITS, "reason", "opening balance"))
                    .expect("credit the workspace " + ID, 200, 201);
        }
    }
}
