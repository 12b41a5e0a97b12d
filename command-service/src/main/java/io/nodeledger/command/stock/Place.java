package io.nodeledger.command.stock;

/** Where a plan's stock is counted. */
record Place(String planId, String region) {}
