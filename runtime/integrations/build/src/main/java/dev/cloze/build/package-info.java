/** What tasks of build tools do, each a program of its own too: Maven's goals and Gradle's tasks only pass settings on. */
@NullMarked
package dev.cloze.build;

import org.jspecify.annotations.NullMarked;
