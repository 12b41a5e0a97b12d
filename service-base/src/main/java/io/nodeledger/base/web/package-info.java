/** What every service's HTTP side shares: error envelope, request ids, strict reading of requests, JSON output, paging. */
@NullMarked
package io.nodeledger.base.web;

import org.jspecify.annotations.NullMarked;
