/** Builds small projects by Maven against the packaged modules, as a user's are built. */
@NullMarked
package dev.cloze.consumers;

import org.jspecify.annotations.NullMarked;
