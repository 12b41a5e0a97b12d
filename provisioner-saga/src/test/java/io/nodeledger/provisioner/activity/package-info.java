@NullMarked
package io.nodeledger.provisioner.activity;

import org.jspecify.annotations.NullMarked;
