/** Tests of the auto-configuration with real pipelines. */
@NullMarked
package dev.cloze.spring.boot;

import org.jspecify.annotations.NullMarked;
