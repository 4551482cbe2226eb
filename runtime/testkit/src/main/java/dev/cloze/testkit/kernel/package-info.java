/** Sample calls of every kernel, and the files they are written to. */
@NullMarked
package dev.cloze.testkit.kernel;

import org.jspecify.annotations.NullMarked;
