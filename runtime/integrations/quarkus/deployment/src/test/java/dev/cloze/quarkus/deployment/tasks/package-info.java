/** Tasks of the applications that the tests build. */
@NullMarked
package dev.cloze.quarkus.deployment.tasks;

import org.jspecify.annotations.NullMarked;
