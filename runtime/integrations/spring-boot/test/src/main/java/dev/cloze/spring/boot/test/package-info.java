/** Tests of an application's pipelines alone, on the quick model. */
@NullMarked
package dev.cloze.spring.boot.test;

import org.jspecify.annotations.NullMarked;
