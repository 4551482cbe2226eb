@NullMarked
package dev.cloze.build;

import org.jspecify.annotations.NullMarked;
