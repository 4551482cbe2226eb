/** Finds the tasks of an application while it is built, checks what is packaged with it, and declares its beans. */
@NullMarked
package dev.cloze.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
