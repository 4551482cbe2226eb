/** What the compiler knows of a backbone: its vocabulary, its configuration, and the length budget they give. */
@NullMarked
package dev.cloze.processor.vocabulary;

import org.jspecify.annotations.NullMarked;
