package io.nodeledger.simulators.proxmox.api;

import io.vertx.core.buffer.Buffer;

/** A file that came with a multipart request. */
record Upload(String fileName, Buffer content) {}
