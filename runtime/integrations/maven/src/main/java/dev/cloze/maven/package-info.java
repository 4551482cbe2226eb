/** Goals of Maven: they hand settings on to {@code dev.cloze.build}, and turn its problems into those of a build. */
@NullMarked
package dev.cloze.maven;

import org.jspecify.annotations.NullMarked;
