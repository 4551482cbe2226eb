/** Tests of the slice, as an application would have them. */
@NullMarked
package dev.cloze.spring.boot.test;

import org.jspecify.annotations.NullMarked;
