/** Applications that are built and started. */
@NullMarked
package dev.cloze.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
