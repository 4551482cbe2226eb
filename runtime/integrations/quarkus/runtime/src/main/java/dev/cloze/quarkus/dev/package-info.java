/** What the Dev UI shows of the tasks of an application that runs in dev mode. */
@NullMarked
package dev.cloze.quarkus.dev;

import org.jspecify.annotations.NullMarked;
