package io.nodeledger.base.web;

/**
 * The envelope of a successful answer.
 *
 * @param data the answer
 * @param <T> its type
 */
public record Data<T>(T data) {}
