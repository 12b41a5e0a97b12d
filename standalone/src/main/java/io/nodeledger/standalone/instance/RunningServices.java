package io.nodeledger.standalone.instance;

import java.io.IOException;
import java.util.Map;

/** The services as they run, in one process or in several. */
interface RunningServices extends AutoCloseable {
    /**
     * How they are reached.
     *
     * @param controlUrls of the simulated regions, by id
     */
    RuntimeFile runtime(DataFolder folder, Map<String, String> controlUrls);

    @Override
    void close() throws IOException;
}
