/** An application. */
@NullMarked
package dev.cloze.spring.boot.test.shop;

import org.jspecify.annotations.NullMarked;
